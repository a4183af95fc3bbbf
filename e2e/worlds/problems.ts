import { type ApiPerson, signIn } from '../../scripts/lib/demo-activity.ts'

const PASSWORD = 'Xueji@2026'

/** Somebody at the API, for what a journey has shown once and need not click again. */
export const personAt = (url: string, username: string): Promise<ApiPerson> => signIn(url, username, PASSWORD)
