/** The tutorial on a running server: check, open against strict-aws on loopback, memory. */
import { readFileSync } from 'node:fs'
import { type OpenEsc, startOpenEsc } from '../tests/peers/openesc'
import { type StrictAws, startStrictAws } from '../tests/peers/strict-aws'
import { report, reportSummary, sample, summarize } from './measure'

const environment = { project: 'default', name: 'aws' }
const opens = 1_000

export default async function server(): Promise<void> {
  const aws = await startStrictAws({ buckets: ['alpha'] })
  const esc = await startOpenEsc({ env: { AWS_ENDPOINT_URL_STS: aws.url } })
  try {
    report('resident memory, idle', residentMebibytes(esc), { unit: 'MiB' })
    const floor = summarize(await sample(() => answered(esc.api('/healthz')), { rounds: 50 })).p50
    report('round trip of /healthz, p50', floor)
    await checks(esc)
    await prepare(esc, aws)
    await measureOpens(esc, floor)
    report(`resident memory after ${opens} opens`, residentMebibytes(esc), { unit: 'MiB' })
  } finally {
    await esc.stop()
    await aws.stop()
  }
}

async function checks(esc: OpenEsc): Promise<void> {
  const check = (body: string) => () =>
    answered(
      esc.api(`/api/esc/environments/${esc.administrator.organization}/yaml/check`, { method: 'POST', body }),
    )
  reportSummary(
    "check of the tutorial's definition",
    await sample(check(tutorial('arn:aws:iam::1:role/x-x')), { rounds: 100, warmUp: 5 }),
  )
  reportSummary('check of 1,000 lines', await sample(check(thousandLines()), { rounds: 50, warmUp: 5 }))
}

async function measureOpens(esc: OpenEsc, floor: number): Promise<void> {
  const path = `/api/esc/environments/${esc.administrator.organization}/${environment.project}/${environment.name}/open`
  const samples = await sample(() => answered(esc.api(path, { method: 'POST' })), {
    rounds: opens,
    warmUp: 5,
  })
  report('open with strict-aws, p50', summarize(samples).p50, { floor })
  report('open with strict-aws, p95', summarize(samples).p95, { floor })
}

/** Registers the issuer at AWS, makes the role, stores the tutorial's definition. */
async function prepare(esc: OpenEsc, aws: StrictAws): Promise<void> {
  const { organization } = esc.administrator
  const issuer = `${esc.url}/oidc`
  const host = issuer.replace('http://', '')
  aws.addProvider({ issuer, clientIds: [`aws:${organization}`] })
  aws.addRole({
    name: 'bench',
    trustPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::${aws.account}:oidc-provider/${host}` },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringEquals: { [`${host}:aud`]: `aws:${organization}` } },
        },
      ],
    },
  })
  const base = `/api/esc/environments/${organization}`
  await answered(
    esc.api(base, {
      method: 'POST',
      body: JSON.stringify(environment),
      headers: { 'content-type': 'application/json' },
    }),
  )
  const body = tutorial(aws.roleArn('bench'))
  await answered(esc.api(`${base}/${environment.project}/${environment.name}`, { method: 'PATCH', body }))
}

function tutorial(roleArn: string): string {
  return `values:
  aws:
    login:
      fn::open::aws-login:
        oidc:
          duration: 1h
          roleArn: ${roleArn}
          sessionName: pulumi-environments-session
  environmentVariables:
    AWS_ACCESS_KEY_ID: \${aws.login.accessKeyId}
    AWS_SECRET_ACCESS_KEY: \${aws.login.secretAccessKey}
    AWS_SESSION_TOKEN: \${aws.login.sessionToken}
`
}

function thousandLines(): string {
  const lines = Array.from(
    { length: 499 },
    (_, i) => `  key${i}: value ${i}\n  copy${i}: "\${key${i}} again"`,
  )
  return `values:\n${lines.join('\n')}\n`
}

async function answered(pending: Promise<Response>): Promise<void> {
  const response = await pending
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text.slice(0, 500)}`)
}

function residentMebibytes(esc: OpenEsc): number {
  const status = readFileSync(`/proc/${esc.child.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
}
