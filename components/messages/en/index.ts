import { access } from './access'
import { account } from './account'
import { approvals } from './approvals'
import { audit } from './audit'
import { auth } from './auth'
import { common } from './common'
import { create } from './create'
import { editor } from './editor'
import { environment } from './environment'
import { environments } from './environments'
import { extract } from './extract'
import { frame } from './frame'
import { gates } from './gates'
import { grants } from './grants'
import { imports } from './imports'
import { issuers } from './issuers'
import { members } from './members'
import { oidc } from './oidc'
import { organization } from './organization'
import { palette } from './palette'
import { preview } from './preview'
import { providers } from './providers'
import { roles } from './roles'
import { rotation } from './rotation'
import { secrets } from './secrets'
import { settings } from './settings'
import { sharedTokens } from './shared-tokens'
import { table } from './table'
import { teams } from './teams'
import { useIt } from './use-it'
import { uses } from './uses'
import { versions } from './versions'
import { webhooks } from './webhooks'
import { why } from './why'

export const en = {
  issuers,
  sharedTokens,
  organization,
  audit,
  providers,
  roles,
  grants,
  teams,
  members,
  access,
  approvals,
  rotation,
  webhooks,
  gates,
  account,
  auth,
  common,
  create,
  editor,
  environment,
  environments,
  extract,
  frame,
  imports,
  oidc,
  palette,
  preview,
  secrets,
  settings,
  table,
  useIt,
  uses,
  versions,
  why,
}
