/** One build at a time in a checkout, however many servers start at once. */
import { mkdirSync, openSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function tryTake(path) {
  try {
    const descriptor = openSync(path, 'wx')
    writeFileSync(descriptor, String(process.pid))
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  }
}

function removeIfAbandoned(path) {
  try {
    const pid = Number(readFileSync(path, 'utf8'))
    if (pid > 0 && !isAlive(pid)) unlinkSync(path)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}

/**
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 */
export async function alone(path, work) {
  mkdirSync(dirname(path), { recursive: true })
  for (let waited = false; !tryTake(path); waited = true) {
    if (!waited) console.log('Another build is running here; waiting for it.')
    removeIfAbandoned(path)
    await sleep(200)
  }
  const release = () => unlinkSync(path)
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.removeListener('exit', release)
    release()
  }
}
