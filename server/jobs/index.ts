export { periodicWork } from './registry'
export { type Jobs, startJobs } from './runner'
