import { RegistrationCheckFacts } from '@xueji/contracts/rooms/registration/registration.api'
import { REGISTRATION_TEMPLATES } from '@xueji/contracts/rooms/registration/registration.template'
import type { Gender } from '@xueji/domain/identity/identity-number'
import { allottedLetter, planRegistrations } from '@xueji/domain/rooms/registration/registration.effects'
import type { RegistrationCategory } from '@xueji/domain/rooms/registration/registration.review'
import { REGISTRATION_ENTRIES, registrationPolicy } from '@xueji/domain/rooms/registration/registration.review'
import { formalNumber } from '@xueji/domain/student/student-number'
import { photoExport } from '../../pipeline/photo/photo-export.ts'
import type { EffectItem, Room, RoomEntry } from '../../pipeline/room.ts'
import { loadAllotmentFacts } from '../../record/allotment-facts.ts'
import { findSamePersons } from '../../record/same-persons.ts'
import { loadRegistrationChecker, loadRegistrationFacts } from './registration.facts.ts'

function entryOf(category: RegistrationCategory): RoomEntry {
  const { newcomer, ...entry } = REGISTRATION_ENTRIES[category]
  return { category, ...entry, group: newcomer ? 'newcomer' : 'other', template: REGISTRATION_TEMPLATES[category] }
}

const isVerified = (item: EffectItem): boolean =>
  item.identityClass === 'resident' && item.verificationStatus === 2 && item.identityNumber !== null

/** 学籍注册: the room in which a child enters the registry, by one of its six entries (REG-001). */
export const registrationRoom: Room = {
  name: 'registration',
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
  lists: [photoExport],
  checkFacts: { schema: RegistrationCheckFacts, load: loadRegistrationFacts },
  planEffects: async (tx, today, items, settings) => {
    const issueJ = settings['studentNo.issueJ']
    const allotment = await loadAllotmentFacts(
      tx,
      today,
      items.map((item) => ({
        formalNumber: isVerified(item) ? formalNumber(item.identityNumber!) : null,
        letter: allottedLetter(item.identityClass, issueJ),
        regionCode: item.regionCode,
        birthDate: item.birthDate,
      })),
    )
    const samePersons = await findSamePersons(
      tx,
      items
        .filter((item) => item.identityClass === 'undocumented')
        .map(({ studentName, gender, birthDate }) => ({ name: studentName, gender, birthDate })),
    )
    return planRegistrations(
      items.map((item) => ({
        itemId: item.id,
        orgPath: item.orgPath,
        schoolName: item.orgName,
        regionCode: item.regionCode,
        identityClass: item.identityClass,
        identityNumber: item.identityNumber,
        studentName: item.studentName,
        gender: item.gender as Gender,
        birthDate: item.birthDate,
        check: {
          duplicateStatus: item.duplicateStatus,
          verificationStatus: item.verificationStatus,
          verificationFault: item.verificationFault,
        },
      })),
      { ...allotment, issueJ, samePersons },
    )
  },
}
