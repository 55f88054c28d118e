import { Failure } from '../failure'

/** How many positionals a command takes. */
export type ArgumentRule =
  | { readonly kind: 'none' }
  | { readonly kind: 'any' }
  | { readonly kind: 'exactly'; readonly count: number }
  | { readonly kind: 'atMost'; readonly count: number }
  | { readonly kind: 'between'; readonly least: number; readonly most: number }

export const none: ArgumentRule = { kind: 'none' }
export const any: ArgumentRule = { kind: 'any' }
export const exactly = (count: number): ArgumentRule => ({ kind: 'exactly', count })
export const atMost = (count: number): ArgumentRule => ({ kind: 'atMost', count })
export const between = (least: number, most: number): ArgumentRule => ({ kind: 'between', least, most })

/** Fails with cobra's text when the number of positionals is wrong; `path` is the command, e.g. `esc env ls`. */
export function checkArguments(rule: ArgumentRule, positionals: readonly string[], path: string): void {
  const message = complaint(rule, positionals, path)
  if (message) throw new Failure('USAGE', message)
}

function complaint(rule: ArgumentRule, positionals: readonly string[], path: string): string | undefined {
  const received = positionals.length
  switch (rule.kind) {
    case 'any':
      return undefined
    case 'none':
      return received > 0
        ? `unknown command ${JSON.stringify(positionals[0])} for ${JSON.stringify(path)}`
        : undefined
    case 'exactly':
      return received !== rule.count ? `accepts ${rule.count} arg(s), received ${received}` : undefined
    case 'atMost':
      return received > rule.count ? `accepts at most ${rule.count} arg(s), received ${received}` : undefined
    case 'between':
      return received < rule.least || received > rule.most
        ? `accepts between ${rule.least} and ${rule.most} arg(s), received ${received}`
        : undefined
  }
}
