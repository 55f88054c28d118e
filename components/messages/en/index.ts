import { account } from './account'
import { auth } from './auth'
import { common } from './common'
import { editor } from './editor'
import { environments } from './environments'
import { frame } from './frame'
import { oidc } from './oidc'
import { palette } from './palette'
import { preview } from './preview'

export const en = { account, auth, common, editor, environments, frame, oidc, palette, preview }
