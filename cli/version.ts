/** Set by the bundler to the version in package.json. */
declare const __ESC_VERSION__: string | undefined

/** The version tag, e.g. `v0.1.0`. */
export const version = typeof __ESC_VERSION__ === 'string' ? __ESC_VERSION__ : 'v0.0.0-dev'
