import { Failure } from '../failure'
import { quoteJson } from '../output/json'

/**
 * Refuses names that an operating system cannot carry, and tells which ones change how a program is loaded or which
 * program runs: the author of an environment is not always the person who runs it.
 */
export function checkVariableNames(names: readonly string[]): string[] {
  for (const name of names) {
    if (name === '' || /[=\0\n]/.test(name)) {
      throw new Failure(
        'DEFINITION',
        `environment variable name ${quoteJson(name)} is not valid: it must not be empty nor contain '=', a line break or a zero byte`,
      )
    }
  }
  return names
    .filter((name) => influential.has(name) || name.startsWith('DYLD_'))
    .map((name) => `warning: the environment sets ${name}, which changes which code a program runs`)
}

const influential = new Set([
  'BASH_ENV',
  'ENV',
  'GCONV_PATH',
  'GIT_SSH_COMMAND',
  'JAVA_TOOL_OPTIONS',
  'LD_AUDIT',
  'LD_LIBRARY_PATH',
  'LD_PRELOAD',
  'NODE_OPTIONS',
  'PATH',
  'PERL5OPT',
  'PROMPT_COMMAND',
  'PYTHONPATH',
  'PYTHONSTARTUP',
  'RUBYOPT',
])

/** Whether a shell can assign to a variable of this name. */
export function isShellName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
}
