import { RegistrationCheckFacts } from '@xueji/contracts/rooms/registration/registration.api'
import { RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import type { Gender } from '@xueji/domain/identity/identity-number'
import { planRegistrations } from '@xueji/domain/rooms/registration/registration.effects'
import { REGISTRATION_ENTRIES, registrationPolicy } from '@xueji/domain/rooms/registration/registration.review'
import { formalNumber } from '@xueji/domain/student/student-number'
import { photoExport } from '../../pipeline/photo/photo-export.ts'
import type { Room } from '../../pipeline/room.ts'
import { loadAllotmentFacts } from '../../record/allotment-facts.ts'
import { loadRegistrationChecker, loadRegistrationFacts } from './registration.facts.ts'

/** 学籍注册: the room in which a child enters the registry. So far one of its six entries: primary newcomers with a resident card (R11). */
export const registrationRoom: Room = {
  name: 'registration',
  title: '学籍注册',
  doneText: '注册完成',
  entries: [{ category: 'R11', ...REGISTRATION_ENTRIES.R11, template: RESIDENT_NEWCOMER_TEMPLATE }],
  filers: ['schoolRegistrar', 'newcomerClerk'],
  escalateAfterSchool: true,
  mayFileCleanRows: false,
  policy: (settings) => registrationPolicy(settings['register.blockOnAuthFail']),
  loadChecker: loadRegistrationChecker,
  lists: [photoExport],
  checkFacts: { schema: RegistrationCheckFacts, load: loadRegistrationFacts },
  planEffects: async (tx, today, items) => {
    const facts = await loadAllotmentFacts(
      tx,
      today,
      items.map((item) => ({
        formalNumber: item.verificationStatus === 2 && item.identityNumber ? formalNumber(item.identityNumber) : null,
        regionCode: item.regionCode,
        birthDate: item.birthDate,
      })),
    )
    return planRegistrations(
      items.map((item) => ({
        itemId: item.id,
        orgPath: item.orgPath,
        schoolName: item.orgName,
        regionCode: item.regionCode,
        identityClass: item.identityClass,
        identityNumber: item.identityNumber,
        gender: item.gender as Gender,
        birthDate: item.birthDate,
        check: {
          duplicateStatus: item.duplicateStatus,
          verificationStatus: item.verificationStatus,
          verificationFault: item.verificationFault,
        },
      })),
      facts,
    )
  },
}
