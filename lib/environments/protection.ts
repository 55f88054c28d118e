/**
 * Why a protected environment is not deleted: the words of the command line (cli.md), from the API and in the console
 * too. The word `protection` keeps http-api.md trap 22.
 *
 * @param fullName `organization/project/name`
 */
export function deletionProtected(fullName: string): string {
  return `cannot delete environment: deletion protection is enabled. Disable deletion protection with 'esc env settings set ${fullName} deletion-protected false' before deleting`
}
