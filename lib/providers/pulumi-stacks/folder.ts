/** State as Pulumi's own file backend lays it out, one folder per organization. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { type ExternalValue, secret } from '@/lib/language'

export interface StackPlace {
  /** Holds one folder per organization. */
  folder: string
  organization: string
  /** `project/stack`. */
  stack: string
}

const checkpoint = z.object({
  checkpoint: z.object({
    latest: z.object({
      resources: z
        .array(z.object({ type: z.string(), outputs: z.record(z.string(), z.json()).optional() }))
        .default([]),
    }),
  }),
})

/** @returns undefined when there is no such stack. Outputs whose text is encrypted are left out. */
export async function stackOutputs({
  folder,
  organization,
  stack,
}: StackPlace): Promise<Record<string, ExternalValue> | undefined> {
  const parts = [organization, ...stack.split('/')]
  if (parts.some((part) => part === '.' || part === '..' || part.includes('/'))) return undefined
  const [home = '', project = '', name = ''] = parts
  const text = await readText(join(folder, home, '.pulumi', 'stacks', project, `${name}.json`))
  if (text === undefined) return undefined
  const { resources } = checkpoint.parse(JSON.parse(text)).checkpoint.latest
  const root = resources.find(({ type }) => type === 'pulumi:pulumi:Stack')
  return Object.fromEntries(
    Object.entries(root?.outputs ?? {}).flatMap(([output, value]): [string, ExternalValue][] => {
      const external = externalOf(value)
      return external === undefined ? [] : [[output, external]]
    }),
  )
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(/* turbopackIgnore: true */ path, 'utf8')
  } catch {
    return undefined
  }
}

/** Marks of Pulumi's state format: this key with this value makes an object a secret. */
const signatureKey = '4dabf18193072939515e22adb298388d'
const secretSignature = '1b47061264138c4ac30d75fd1eb44270'

const wrapped = z.object({ [signatureKey]: z.literal(secretSignature), plaintext: z.string().optional() })

function externalOf(value: z.output<ReturnType<typeof z.json>>): ExternalValue | undefined {
  const secretValue = wrapped.safeParse(value)
  if (!secretValue.success) return value
  const { plaintext } = secretValue.data
  return plaintext === undefined ? undefined : secret(z.json().parse(JSON.parse(plaintext)))
}
