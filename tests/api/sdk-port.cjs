// Preloaded into the official SDK's test process: the SDK drops the port of PULUMI_BACKEND_URL and speaks to 80
// (http-api.md trap 2). Nothing else of it is changed.
const http = require('node:http')

const { port } = new URL(process.env.PULUMI_BACKEND_URL)
const { request } = http

http.request = (options, ...rest) => {
  const isApi = typeof options === 'object' && String(options.path).startsWith('/api/esc')
  return request.call(http, isApi ? { ...options, port } : options, ...rest)
}
