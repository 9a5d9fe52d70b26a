/** The worker of pdf.js, as a script of our own: the page's policy starts no other. It serves whoever started it. */
import 'pdfjs-dist/legacy/build/pdf.worker.min.mjs'
