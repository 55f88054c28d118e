/**
 * A throw-away Ceph cluster of three processes with its object gateway, whose STS verifies identity tokens by code that
 * is not ours. It judges tokens only: its errors have neither codes nor words worth asserting.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { collectOutput, endWithThisProcess, stopChild, waitUntilReady } from './child'
import { freePort } from './free-port'
import { onPath } from './on-path'

const programs = ['monmaptool', 'ceph', 'ceph-mon', 'ceph-osd', 'radosgw', 'radosgw-admin']

export type RadosgwPrograms = { kind: 'found' } | { kind: 'absent'; reason: string }

/** Looked for once. Tests skip with the reason when one is absent. */
export const radosgwPrograms: RadosgwPrograms = findPrograms()

function findPrograms(): RadosgwPrograms {
  const missing = programs.filter((name) => onPath(name) === undefined)
  if (missing.length === 0) return { kind: 'found' }
  const reason = `no ${missing.join(', ')} on PATH (apt-get install radosgw ceph-mon ceph-osd ceph-common)`
  return { kind: 'absent', reason }
}

export interface Trust {
  issuer: string
  /** SHA-1 of the certificate in the issuer's `x5c`, hexadecimal: this version pins it. */
  thumbprint: string
  audience: string
  /** Of the tokens that may assume the role. */
  subject: string
  role: string
}

export interface Radosgw {
  /** Endpoint of STS, IAM and S3. */
  url: string
  /** Makes a role that tokens of this issuer, audience and subject may assume. @returns its ARN */
  trust(trust: Trust): Promise<string>
  stop(): Promise<void>
}

const administrator = { accessKeyId: 'administrator', secretAccessKey: 'administrator-secret' }
const startSeconds = 60

export async function startRadosgw(): Promise<Radosgw> {
  const root = await mkdtemp(join(tmpdir(), 'openesc-ceph-'))
  const ports = { monitor: await freePort(), gateway: await freePort() }
  const running: ChildProcess[] = []
  const stop = async () => {
    for (const child of running.reverse()) await stopChild(child, { graceSeconds: 1 })
    await rm(root, { recursive: true, force: true })
  }
  try {
    await startCluster(root, ports, running)
  } catch (error) {
    await stop()
    throw error
  }
  const url = `http://127.0.0.1:${ports.gateway}`
  return { url, trust: (trust) => makeRole(url, trust), stop }
}

interface Ports {
  monitor: number
  gateway: number
}

async function startCluster(root: string, ports: Ports, running: ChildProcess[]): Promise<void> {
  const [cluster, disk] = [randomUUID(), randomUUID()]
  const configuration = join(root, 'ceph.conf')
  const call = (name: string, ...args: string[]) =>
    promisify(execFile)(name, ['-c', configuration, ...args], { timeout: startSeconds * 1000 })
  const start = (name: string, ...args: string[]) => {
    const child = spawn(name, ['-c', configuration, '-f', ...args], { stdio: 'pipe' })
    running.push(child)
    endWithThisProcess(child)
    return { child, output: collectOutput(child) }
  }
  await writeFile(configuration, configurationOf(root, cluster, ports))
  // The disk is memory, but its folder must be there.
  for (const folder of ['mon', 'osd', 'rgw']) await mkdir(join(root, folder))
  const map = join(root, 'monmap')
  const address = `[v1:127.0.0.1:${ports.monitor}]`
  await promisify(execFile)('monmaptool', ['--create', '--fsid', cluster, '--addv', 'a', address, map])
  await call('ceph-mon', '--mkfs', '-i', 'a', '--monmap', map)
  const monitor = start('ceph-mon', '-i', 'a')
  // Until it has elected itself, the monitor does not even say which commands it knows.
  const register = () => call('ceph', 'osd', 'new', disk)
  await waitUntilReady(monitor.child, monitor.output, { probe: register, seconds: startSeconds })
  await call('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', disk)
  await call('ceph', 'osd', 'crush', 'add', 'osd.0', '1.0', 'host=h', 'root=default')
  start('ceph-osd', '-i', '0')
  const gateway = start('radosgw', '-n', 'client.rgw')
  const probe = async () => (await fetch(`http://127.0.0.1:${ports.gateway}/`)).ok || undefined
  await waitUntilReady(gateway.child, gateway.output, { probe, seconds: startSeconds })
  const keys = ['--access-key', administrator.accessKeyId, '--secret', administrator.secretAccessKey]
  const person = ['--uid=administrator', '--display-name=administrator', '--caps=oidc-provider=*;roles=*']
  await call('radosgw-admin', 'user', 'create', ...person, ...keys)
}

/** One copy of everything, in memory, nobody asked who they are: only the gateway is of interest. */
function configurationOf(root: string, cluster: string, ports: Ports): string {
  return `[global]
fsid = ${cluster}
mon host = v1:127.0.0.1:${ports.monitor}
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = 268435456
# Without authentication these two race with the monitor's first map.
osd class update on start = false
osd crush update on start = false
mon data = ${root}/mon
osd data = ${root}/osd
mon data avail crit = 1
mon data avail warn = 1
run dir = ${root}
admin socket = ${root}/$name.sock
log file = ${root}/$name.log
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:${ports.gateway}
rgw sts key = ${randomUUID().slice(0, 16)}
rgw s3 auth use sts = true
rgw data = ${root}/rgw
`
}

async function makeRole(
  url: string,
  { issuer, thumbprint, audience, subject, role }: Trust,
): Promise<string> {
  const client = new IAMClient({ endpoint: url, region: 'us-east-1', credentials: administrator })
  const name = issuer.replace(/^https?:\/\//, '')
  await client.send(
    new CreateOpenIDConnectProviderCommand({
      Url: issuer,
      ClientIDList: [audience],
      ThumbprintList: [thumbprint],
    }),
  )
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: [`arn:aws:iam:::oidc-provider/${name}`] },
        Action: ['sts:AssumeRoleWithWebIdentity'],
        Condition: { StringLike: { [`${name}:sub`]: subject } },
      },
    ],
  }
  const assume = { RoleName: role, AssumeRolePolicyDocument: JSON.stringify(policy) }
  const { Role } = await client.send(new CreateRoleCommand(assume))
  const allowed = { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::*' }
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [allowed] })
  await client.send(
    new PutRolePolicyCommand({ RoleName: role, PolicyName: 'storage', PolicyDocument: document }),
  )
  return Role?.Arn ?? ''
}
