import * as z from 'zod'
import { awsLogin } from '@/lib/providers/aws/login'
import { currentAndPrevious } from '../current-and-previous'

const userName = z.string().min(1).max(63)

const managingUser = z.strictObject({
  username: userName,
  password: z.string().min(1).meta({ secret: true }),
})

const connector = z.strictObject({
  awsLambda: z.strictObject({
    login: awsLogin,
    lambdaArn: z
      .string()
      .regex(/^arn:aws[\w-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/)
      .meta({ description: 'the function that reaches the database from inside its network' }),
  }),
})

export const databaseInputs = z
  .strictObject({
    database: z.strictObject({
      host: z
        .string()
        .regex(/^[A-Za-z0-9._:-]+$/)
        .meta({ description: 'name or address of the server' }),
      port: z.int().min(1).max(65_535),
      database: z.string().min(1),
      managingUser: managingUser.meta({ rotateOnly: true, description: 'who sets the passwords' }),
      connector: connector
        .optional()
        .meta({ rotateOnly: true, description: 'how to reach a database that this server cannot' }),
      tls: z.enum(['prefer', 'require', 'verify']).optional().meta({
        description:
          'encryption: where the server offers it (prefer, the default), always (require), always and with a certificate that a known authority signed for the host (verify)',
      }),
    }),
    rotateUsers: z.strictObject({
      username1: userName.meta({ description: 'the user that the first rotation makes current' }),
      username2: userName.meta({ description: 'the user that the second rotation makes current' }),
    }),
  })
  .refine(
    ({ rotateUsers: { username1, username2 } }) => username1 !== username2,
    'rotateUsers: username1 and username2 must be two users',
  )

const credential = z.object({ username: z.string(), password: z.string().meta({ secret: true }) })

export const databaseState = currentAndPrevious(credential)
export const databasePlan = credential

export type DatabaseInputs = z.output<typeof databaseInputs>
export type Credential = z.output<typeof credential>
