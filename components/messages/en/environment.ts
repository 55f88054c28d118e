export const environment = {
  definition: 'Definition',
  navigation: 'Environment',
  settings: 'Settings',
  uses: 'Used by',
  versions: 'Versions',
}
