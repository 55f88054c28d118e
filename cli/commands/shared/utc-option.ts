/** The option of commands that print times. */
export const utcOption = { utc: { kind: 'boolean', help: 'display times in UTC' } } as const
