/**
 * Requests to addresses that somebody chose (P10): they reach public addresses only, unless the operator allowed a
 * range. The address is checked when the connection is made, so that a name cannot first be harmless and then not.
 */
export { mayReach } from './address'
export { guardedAgents } from './agent'
export { OutgoingError } from './error'
export { fetchText, type OutgoingOptions } from './fetch-text'
export { type OutgoingRequest, type OutgoingResponse, sendRequest } from './request'
export { GuardedSocket } from './socket'
export { certificateThumbprint } from './thumbprint'
