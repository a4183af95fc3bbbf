import type { Gender } from '@xueji/domain/identity/identity-number'
import { planRegistrations } from '@xueji/domain/rooms/registration/registration.effects'
import { allottedLetter } from '@xueji/domain/student/allotment'
import { formalNumber } from '@xueji/domain/student/student-number'
import type { EffectItem, Room } from '../../pipeline/room.ts'
import { loadAllotmentFacts } from '../../record/allotment-facts.ts'
import { findSamePersons } from '../../record/same-persons.ts'

const isVerified = (item: EffectItem): boolean =>
  item.identityClass === 'resident' && item.verificationStatus === 2 && item.identityNumber !== null

/** The effects of finally approved registrations: loads in bulk what numbers and comparison need, then plans (REG-031, REG-032). */
export const planRegistrationEffects: Room['planEffects'] = async (tx, today, items, settings) => {
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
}
