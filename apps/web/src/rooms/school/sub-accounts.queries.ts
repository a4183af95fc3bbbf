import type { NewSubAccount, SubAccount, SubAccountPassword } from '@xueji/contracts/platform/sub-account.api'
import { apiGet, apiSend } from '../../shared/api-client.ts'

const URL = '/api/school/sub-accounts'

/** Key of the list in the query cache. */
export const SUB_ACCOUNTS = ['school', 'sub-accounts'] as const

/** The newcomer clerks of one's school. */
export const loadSubAccounts = (): Promise<SubAccount[]> => apiGet(URL)

/** A new account; its password is in this answer and nowhere else. */
export const addSubAccount = (wish: NewSubAccount): Promise<SubAccountPassword> => apiSend('POST', URL, wish)

/** A new password for the first sign-in. */
export const resetPassword = (id: string): Promise<SubAccountPassword> => apiSend('POST', `${URL}/${id}/password`)

/** 停用 or 启用. */
export const putStatus = (id: string, status: SubAccount['status']): Promise<SubAccount> =>
  apiSend('PUT', `${URL}/${id}`, { status })
