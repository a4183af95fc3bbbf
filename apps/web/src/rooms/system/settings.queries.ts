import type { SettingRow } from '@xueji/contracts/platform/setting.api'
import { apiGet, apiSend } from '../../shared/api-client.ts'

/** Key of the settings in the query cache. */
export const SETTINGS = ['system', 'settings'] as const

/** What holds for one's organisation. */
export const loadSettings = (): Promise<SettingRow[]> => apiGet('/api/settings')

/** Sets a value, or takes one's own away; answers with what holds now. */
export const putSetting = (key: string, value: number | boolean | null): Promise<SettingRow[]> =>
  apiSend('PUT', `/api/settings/${key}`, { value })
