/** Doubles of every service that the examples of the reference call, holding what the examples ask for. */
import { generateKeyPairSync } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAdapter } from '../peers/adapter'
import { startAzure } from '../peers/azure'
import { startDoppler } from '../peers/doppler'
import type { Double } from '../peers/double'
import { startGcp } from '../peers/gcp'
import { startGitHub } from '../peers/github'
import { startInfisical } from '../peers/infisical'
import { startConnect } from '../peers/onepassword'
import { type StrictAws, startStrictAws } from '../peers/strict-aws'
import { startTerraformCloud } from '../peers/terraform-cloud'
import { startVault } from '../peers/vault'
import type { ProviderBench } from './providers'

export interface VendorDoubles {
  /** The example with what only a test can know in its place. */
  complete(example: string): string
  /** Origins of the vendors that the examples call. */
  origins: string[]
  stop(): Promise<void>
}

const id = (last: string) => `00000000-0000-4000-8000-00000000000${last}`
const secret = 'hunter2'

export async function startVendorDoubles(bench: ProviderBench): Promise<VendorDoubles> {
  const aws = await startAws(bench)
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const folder = await stackFolder()
  const doubles = await startAll(bench, key.publicKey.export({ type: 'spki', format: 'pem' }).toString())
  const endpoints = Object.fromEntries(
    doubles.flatMap(({ double, origins }) => origins.map((origin) => [origin, double.url])),
  )
  process.env.AWS_ENDPOINT_URL = aws.url
  process.env.OPENESC_STACK_STATE_DIR = folder
  bench.redirect(endpoints)
  const pem = key.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
  return {
    complete: (example) => example.replace('the private key of the app', JSON.stringify(pem)),
    origins: Object.keys(endpoints),
    stop: async () => {
      await Promise.all([aws.stop(), ...doubles.map(({ double }) => double.stop())])
      await rm(folder, { recursive: true })
    },
  }
}

function startAws({ issuer, subject }: ProviderBench): Promise<StrictAws> {
  const name = issuer.replace('http://', '')
  return startStrictAws({
    providers: [{ issuer, clientIds: ['aws:acme'] }],
    parameters: [
      { name: '/shop/url', type: 'String', values: ['https://shop.example.com'] },
      { name: '/shop/password', type: 'SecureString', values: [secret] },
    ],
    secrets: [
      { name: 'shop/database', versions: [{ id: 'v1', stages: ['AWSCURRENT'], text: '{"password":"x"}' }] },
    ],
    roles: [
      {
        name: 'openesc',
        trustPolicy: {
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${name}` },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: { StringEquals: { [`${name}:sub`]: subject, [`${name}:aud`]: 'aws:acme' } },
          },
        },
      },
    ],
  })
}

interface Started {
  double: Double
  origins: string[]
}

async function startAll({ issuer, subject }: ProviderBench, publicKey: string): Promise<Started[]> {
  const trust = (prefix: string) => ({ issuer, subject, audience: `${prefix}:acme` })
  const started = async (double: Promise<Double>, ...origins: string[]) => ({ double: await double, origins })
  return Promise.all([
    started(
      startAzure({ tenant: id('b'), client: id('a'), trust: trust('azure'), secrets: { database: secret } }),
      'https://login.microsoftonline.com',
      'https://shop-vault.vault.azure.net',
    ),
    started(
      startGcp({
        project: 123456789012,
        pool: 'openesc',
        provider: 'openesc',
        trust: trust('gcp'),
        serviceAccount: { email: 'openesc@shop.iam.gserviceaccount.com', principal: subject },
        secrets: { database: ['old', secret] },
      }),
      'https://sts.googleapis.com',
      'https://iamcredentials.googleapis.com',
      'https://secretmanager.googleapis.com',
    ),
    started(
      startVault({
        roles: { 'jwt/openesc': { trust: trust('vault') } },
        secrets: { app: { password: secret } },
        databaseRoles: ['reader'],
      }),
      'https://vault.example.com',
    ),
    started(
      startDoppler({
        identity: id('d'),
        trust: trust('doppler'),
        configs: { 'shop/prd': { DATABASE_URL: secret } },
      }),
      'https://api.doppler.com',
    ),
    started(
      startInfisical({
        identity: id('e'),
        trust: trust('infisical'),
        secrets: { 'shop-1/prod//': { DATABASE_URL: secret } },
      }),
      'https://eu.infisical.com',
    ),
    started(startConnect(connectServer), 'https://connect.example.com'),
    started(
      startGitHub({
        appId: 42,
        slug: 'openesc',
        publicKey,
        installation: {
          id: 7,
          kind: 'orgs',
          owner: 'acme',
          repositories: ['web'],
          permissions: { contents: 'read' },
        },
      }),
      'https://api.github.com',
    ),
    started(
      startAdapter({
        issuer,
        url: 'https://adapter.example.com/secrets',
        organization: 'acme',
        answer: () => ({ status: 200, body: { password: secret } }),
      }),
      'https://adapter.example.com',
    ),
    started(
      startTerraformCloud({
        token: 'a token that may read the state',
        organization: 'acme',
        workspace: 'network',
        state: { version: 4, outputs: { subnets: { value: ['subnet-1'], type: ['list', 'string'] } } },
      }),
      'https://app.terraform.io',
      'https://archivist.terraform.io',
    ),
  ])
}

const connectServer = {
  token: 'the token of the Connect server',
  vaults: [
    {
      id: 'v'.repeat(26),
      name: 'Shop',
      items: [
        {
          id: 'i'.repeat(26),
          title: 'database',
          fields: [{ id: 'password', label: 'password', value: secret }],
        },
      ],
    },
  ],
}

async function stackFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'openesc-stacks-'))
  const stacks = join(folder, 'acme', '.pulumi', 'stacks', 'network')
  await mkdir(stacks, { recursive: true })
  const resources = [{ type: 'pulumi:pulumi:Stack', outputs: { url: 'https://network.example.com' } }]
  const state = { version: 3, checkpoint: { latest: { resources } } }
  await writeFile(join(stacks, 'prod.json'), JSON.stringify(state))
  return folder
}
