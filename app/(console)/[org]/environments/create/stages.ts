/** A set of environments: a base, and the stages that import it. */
import type { NewDefinition } from './draft'

const stages = ['dev', 'stage', 'prod'] as const

/** @param prefix put before each name; may be empty */
export function stageDefinitions(project: string, prefix: string): NewDefinition[] {
  const named = (name: string) => (prefix === '' ? name : `${prefix}-${name}`)
  const base = named('base')
  return [
    { project, name: base, definition: baseDefinition },
    ...stages.map((stage) => ({
      project,
      name: named(stage),
      definition: stageDefinition({ base: `${project}/${base}`, stage }),
    })),
  ]
}

const baseDefinition = `# What all stages have in common: each of them imports this.
values:
  app:
    name: my-app
    logLevel: info
  environmentVariables:
    APP_NAME: \${app.name}
    LOG_LEVEL: \${app.logLevel}
`

function stageDefinition({ base, stage }: { base: string; stage: string }): string {
  return `imports:
  - ${base}
values:
  app:
    # Wins over what ${base} says.
    logLevel: ${stage === 'prod' ? 'warn' : 'debug'}
  environmentVariables:
    LOG_LEVEL: \${app.logLevel}
    STAGE: ${stage}
`
}
