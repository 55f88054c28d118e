/** Loaded into a server under measurement: on SIGUSR2 it collects its garbage and prints what is still in use. */
const { setFlagsFromString } = require('node:v8')
const { runInNewContext } = require('node:vm')

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')

process.on('SIGUSR2', () => {
  collect()
  const { heapUsed, rss, external } = process.memoryUsage()
  console.log(`memory ${JSON.stringify({ heapUsed, rss, external })}`)
})
