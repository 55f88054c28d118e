import * as z from 'zod'

/** The `login` of everything that calls AWS: what `aws-login` gives (providers.md §1.4). */
export const awsLogin = z.strictObject({
  accessKeyId: z.string().min(1),
  secretAccessKey: z.string().min(1).meta({ secret: true }),
  sessionToken: z.string().optional().meta({ secret: true }),
})

export type AwsLogin = z.output<typeof awsLogin>

/** As in host names of AWS, so that a region cannot become another host. */
export const awsRegion = z
  .string()
  .regex(/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/)
  .meta({ description: 'for example eu-central-1' })
