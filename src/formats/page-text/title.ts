/** The words that stand over an invoice. */
export const titleWords =
  /电子发票\([^()]{0,30}(?:\([^()]{0,10}\))?[^()]{0,10}\)|[^:\d]{0,30}(?:专用发票|普通发票(?:\(卷[票式]?\))?|销售统一发票|电子票据|收费票据)/
