/**
 * `fn::open::gh-login`: an access token of a GitHub App's installation. The app's private key is the credential; tokens
 * live one hour (providers.md §2.7).
 */
import * as z from 'zod'
import { defineProvider } from '../define'
import { appToken } from './app-token'
import { installationToken } from './installation'
import { permissionNames } from './permissions'

const level = z.enum(['read', 'write', 'admin']).optional()

const inputs = z.strictObject({
  appId: z.number().meta({ description: 'id of the GitHub App' }),
  privateKey: z.string().min(1).meta({ description: 'private key of the app, PEM', secret: true }),
  owner: z
    .string()
    .regex(/^[\w.-]+$/)
    .meta({ description: 'user or organization that installed the app' }),
  repositories: z
    .array(z.string().min(1))
    .max(500)
    .optional()
    .meta({ description: 'names of repositories, without the owner; all of the installation when absent' }),
  permissions: z
    .strictObject(Object.fromEntries(permissionNames.map((name) => [name, level])))
    .optional()
    .meta({ description: 'permissions of the token; all of the installation when absent' }),
  ghe: z
    .strictObject({ host: z.string().regex(/^[a-zA-Z0-9.-]+(:\d+)?$/) })
    .optional()
    .meta({ description: 'a GitHub Enterprise Server' }),
})

const outputs = z.object({
  appId: z.number(),
  appSlug: z.string().meta({ description: 'name of the app in addresses' }),
  installationId: z.number(),
  accessToken: z.string().meta({ description: 'for GITHUB_TOKEN and GH_TOKEN', secret: true }),
  expiry: z.string().meta({ description: 'when the access token expires, RFC 3339' }),
  type: z.literal('installation'),
})

export const ghLogin = defineProvider({
  name: 'gh-login',
  description: "A short-lived access token of a GitHub App's installation",
  inputs,
  outputs,
  async open({ appId, privateKey, owner, repositories, permissions, ghe }, context) {
    const { appSlug, installationId, token, expiresAt } = await installationToken(
      { owner, repositories, permissions },
      {
        origin: ghe ? `https://${ghe.host}` : 'https://api.github.com',
        prefix: ghe ? ['api', 'v3'] : [],
        jwt: await appToken(appId, privateKey),
        context,
      },
    )
    const output = { appId, appSlug, installationId, accessToken: token, expiry: expiresAt }
    return { output: { ...output, type: 'installation' as const }, expiresAt }
  },
})
