/** The Parameter Store: versions, labels, and secure strings that show only with decryption. */
import * as z from 'zod'
import type { Account } from '../account'
import { type Answer, jsonSuccess } from '../answers'
import { AwsFault } from '../fault'
import type { AwsRequest } from '../request'
import { authorize } from '../sigv4/authenticate'
import type { Parameter } from '../types'

const one = z.object({ Name: z.string(), WithDecryption: z.boolean().default(false) })
const some = z.object({
  Names: z.array(z.string()).min(1).max(10),
  WithDecryption: z.boolean().default(false),
})
const below = z.object({
  Path: z.string(),
  Recursive: z.boolean().default(false),
  WithDecryption: z.boolean().default(false),
})

export function ssm(action: string, request: AwsRequest, account: Account): Answer {
  authorize(request, account, { service: 'ssm', action })
  const body: unknown = JSON.parse(request.body.toString('utf8'))
  switch (action) {
    case 'GetParameter': {
      const { Name, WithDecryption } = read(one, body)
      return jsonSuccess({ Parameter: wire(account, Name, WithDecryption) })
    }
    case 'GetParameters': {
      const { Names, WithDecryption } = read(some, body)
      const found = Names.map((name) => ({
        name,
        parameter: attempt(() => wire(account, name, WithDecryption)),
      }))
      return jsonSuccess({
        Parameters: found.flatMap(({ parameter }) => parameter ?? []),
        InvalidParameters: found.filter(({ parameter }) => !parameter).map(({ name }) => name),
      })
    }
    case 'GetParametersByPath': {
      const { Path, Recursive, WithDecryption } = read(below, body)
      const root = Path.replace(/\/*$/, '/')
      const names = account.parameters.map(({ name }) => name).filter((name) => name.startsWith(root))
      const wanted = names.filter((name) => Recursive || !name.slice(root.length).includes('/'))
      return jsonSuccess({ Parameters: wanted.map((name) => wire(account, name, WithDecryption)) })
    }
    default:
      throw new AwsFault('UnknownOperationException', 400, '')
  }
}

function read<T extends z.ZodType>(type: T, body: unknown): z.output<T> {
  const parsed = type.safeParse(body)
  if (parsed.success) return parsed.data
  throw new AwsFault('ValidationException', 400, '1 validation error detected')
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

/** @param reference a name, perhaps with `:version` or `:label` */
function wire(account: Account, reference: string, decrypt: boolean) {
  const [name = '', selector] = reference.split(':')
  const parameter = account.parameters.find((each) => each.name === name)
  if (!parameter) throw new AwsFault('ParameterNotFound', 400, '')
  const version = versionOf(parameter, selector)
  const value = parameter.values[version - 1]
  if (value === undefined) {
    throw new AwsFault(
      'ParameterVersionNotFound',
      400,
      `Systems Manager could not find version ${selector} of ${name}.`,
    )
  }
  const hidden = parameter.type === 'SecureString' && !decrypt
  return {
    Name: name,
    Type: parameter.type,
    Value: hidden ? Buffer.from(`kms:${value.length}`).toString('base64') : value,
    Version: version,
    ARN: `arn:aws:ssm:us-east-1:${account.id}:parameter/${name.replace(/^\//, '')}`,
    ...(selector !== undefined && { Selector: `:${selector}` }),
  }
}

function versionOf({ values, labels = {} }: Parameter, selector: string | undefined): number {
  if (selector === undefined) return values.length
  return /^\d+$/.test(selector) ? Number(selector) : (labels[selector] ?? 0)
}
