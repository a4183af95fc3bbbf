import { RegistrationCheckFacts } from '@xueji/contracts/rooms/registration/registration.api'
import { REGISTRATION_TEMPLATES } from '@xueji/contracts/rooms/registration/registration.template'
import type { RegistrationCategory } from '@xueji/domain/rooms/registration/registration.review'
import { REGISTRATION_ENTRIES, registrationPolicy } from '@xueji/domain/rooms/registration/registration.review'
import { photoExport } from '../../pipeline/photo/photo-export.ts'
import type { Room, RoomEntry } from '../../pipeline/room.ts'
import { progressExport } from './progress.export.ts'
import { loadRegistrationChecker, loadRegistrationFacts } from './registration.facts.ts'
import { planRegistrationEffects } from './registration.plan.ts'

function entryOf(category: RegistrationCategory): RoomEntry {
  const { newcomer, ...entry } = REGISTRATION_ENTRIES[category]
  return { category, ...entry, group: newcomer ? 'newcomer' : 'other', template: REGISTRATION_TEMPLATES[category] }
}

const ROOM = 'registration'

/** 学籍注册: the room in which a child enters the registry, by one of its six entries (REG-001). */
export const registrationRoom: Room = {
  name: ROOM,
  title: '学籍注册',
  doneText: '注册完成',
  entries: (Object.keys(REGISTRATION_ENTRIES) as RegistrationCategory[]).map(entryOf),
  groups: [
    { key: 'newcomer', title: '小学新生注册', path: 'registration' },
    { key: 'other', title: '非小学新生注册', path: 'registration/other' },
  ],
  filers: ['schoolRegistrar', 'newcomerClerk'],
  escalateAfterSchool: true,
  mayFileCleanRows: false,
  policy: (settings) => registrationPolicy(settings['register.blockOnAuthFail']),
  loadChecker: loadRegistrationChecker,
  lists: [photoExport, progressExport(ROOM)],
  checkFacts: { schema: RegistrationCheckFacts, load: loadRegistrationFacts },
  planEffects: planRegistrationEffects,
}
