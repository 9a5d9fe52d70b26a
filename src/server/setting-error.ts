/** A setting that cannot be meant; `message` is a sentence for the operator, and never repeats a secret. */
export class SettingError extends Error {}
