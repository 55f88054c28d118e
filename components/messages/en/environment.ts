export const environment = {
  access: 'Access',
  definition: 'Definition',
  navigation: 'Environment',
  settings: 'Settings',
  uses: 'Used by',
  versions: 'Versions',
}
