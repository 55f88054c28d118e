/** The options of `esc login` for trading the token of another issuer. */
export const exchangeOptions = {
  'oidc-token': {
    kind: 'string',
    help: 'An OIDC token to exchange for an access token: a JWT or file://path',
  },
  'oidc-org': { kind: 'string', help: 'The organization to use for the OIDC token exchange' },
  'oidc-team': { kind: 'string', help: 'The team of the access token, for a team token' },
  'oidc-user': { kind: 'string', help: 'The user of the access token, for a personal token' },
  'oidc-expiration': {
    kind: 'string',
    help: 'How long the access token is valid, e.g. 15m or 24h (default 2h)',
  },
} as const
