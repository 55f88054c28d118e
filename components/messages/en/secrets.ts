export const secrets = {
  failed: 'The secret was not opened',
  forbidden: 'It takes the permission environment:open on the environment that sealed it.',
  notPlaced: 'The definition has changed meanwhile',
  resealed: (source: string) => `Encrypted anew: the secret came from ${source}`,
  resealShort: 'Encrypt for here',
  unknown:
    'It was sealed by an environment that does not exist here, or that you may not see. Enter the secret itself instead.',
}
