import type { RoomTemplate } from '../../template/template.ts'
import { formTemplate } from '../../template/template.ts'
import { RESIDENT_NEWCOMER_TEMPLATE } from './registration.template.ts'

/** R11 as forms and details have it: the template's columns and 姓名拼音. */
export const RESIDENT_NEWCOMER_FORM: RoomTemplate = formTemplate(RESIDENT_NEWCOMER_TEMPLATE)
