import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'
import { boundaryConfig } from './eslint.boundaries.ts'

const passedIn = (what) => `${what} is passed in, so that tests own it`

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'data/**', 'test-results/**', 'playwright-report/**'] },
  ...tseslint.configs.recommended,
  ...vue.configs['flat/recommended'],
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: tseslint.parser } } },
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // Layout is prettier's.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/no-v-html': 'error',
      'vue/no-static-inline-styles': 'error',
    },
  },
  // What builds the app runs in Node and is no part of it.
  { files: ['src/**/*.{ts,vue}'], ignores: ['src/app/build/**'], ...boundaryConfig },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/env.d.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Only .vue files have a default export: a name says what it is' },
        { selector: 'TSEnumDeclaration', message: 'A union of literals says the same without code' },
      ],
    },
  },
  {
    // The edges that hand out the real clock, randomness and network; everything behind them is given them.
    files: ['src/**/*.{ts,vue}'],
    ignores: [
      'src/app/main.ts',
      'src/app/start/**',
      'src/sw/**',
      'src/cli/**',
      'src/server/start.ts',
      'src/**/real.ts',
      'src/**/*.worker.ts',
    ],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: passedIn('The clock') },
        { object: 'Math', property: 'random', message: passedIn('Randomness') },
        { object: 'performance', property: 'now', message: passedIn('The clock') },
        { object: 'crypto', property: 'getRandomValues', message: passedIn('Randomness') },
        { object: 'crypto', property: 'randomUUID', message: passedIn('Randomness') },
        { object: 'navigator', property: 'onLine', message: 'It lies: ask channels for the service state' },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: passedIn('The network') },
        { name: 'localStorage', message: 'It is not durable and blocks' },
      ],
    },
  },
  {
    files: ['src/{domain,api}/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Only .vue files have a default export: a name says what it is' },
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: passedIn('The clock') },
      ],
    },
  },
)
