/** Master key → organization keys → data. What is sealed opens only where it was sealed, for whom it was sealed. */
export {
  CiphertextError,
  type CiphertextHeader,
  type EnvironmentCipher,
  environmentCipher,
  readHeader,
  resealDefinition,
} from './ciphertext'
export { SealError } from './envelope'
export { installation, issueSetupCode, sessionSecret, setupCodeHash, unlock } from './installation'
export {
  createOrganizationKey,
  lockKeyring,
  type OrganizationKeys,
  organizationKeys,
  type PresumedKey,
  presumedKey,
  sealingKeys,
} from './keyring'
export { openSessionPlace, rotationStepPlace, webhookPlace } from './places'
export { rekeyOrganization } from './rekey'
export {
  type OrganizationPlace,
  openSealed,
  openWithMaster,
  seal,
  sealPresumed,
  sealWithMaster,
} from './seal'
