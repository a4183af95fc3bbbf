import type { ExportConditions } from '@xueji/contracts/pipeline/export.api'
import { photoFileName } from '@xueji/domain/photo/photo-name'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import { rowTexts } from '@xueji/workbook/write/row-texts'
import { zipStream } from '@xueji/workbook/write/zip-stream'
import type { FileStore } from '../../platform/files.ts'
import { describeItems } from '../export-item-words.ts'
import type { ExportList, ExportRows } from '../export-list.ts'
import { countUpTo, gatherConditions, type Where } from '../list-query.ts'
import { PHOTO_READERS } from './photo-readers.ts'

/** More do not fit: the directory of a zip counts to 65,535. */
const MOST_PHOTOS = 20_000

/** Children with the photograph that stands. */
const PHOTOGRAPHED = `student s join student_photo p on p.student_id = s.id and p.replaced_at is null left join school_class c on c.id = s.class_id`

/** Photographs by condition as a zip (EXP-011): authorised, written, kept and audited as every export; named so that they can be uploaded again (PHO-005, PHO-006). */
export const photoExport: ExportList = {
  name: 'photos',
  title: '学生照片',
  readers: [...PHOTO_READERS, 'countyRegistrar'],
  columns: [{ key: 'photo', header: '照片', group: '照片', personal: true, usual: true, width: 20 }],
  describe: (db, conditions) => describeItems(db, conditions),
  count: (db, _reader, conditions, most) => countUpTo(db, PHOTOGRAPHED, conditionsOf(conditions), most),
  read: (_reader, conditions) => {
    const { where, values } = conditionsOf(conditions)
    return async (db, after, limit) => {
      const rows = await db.query<PhotoToPack>(
        `select s.id, s.name, s.identity_number as "identityNumber", s.student_number as "studentNumber", c.class_number as "classNumber", p.id as "photoId",
           split_part(s.org_path, ':', 2) as "schoolCode",
           exists (select from student o where o.class_id = s.class_id and o.name = s.name and o.id <> s.id and o.study_status = 'ZX') as "hasNamesake"
         from ${PHOTOGRAPHED} where ${where} and ($${values.length + 1}::uuid is null or s.id > $${values.length + 1}::uuid) order by s.id limit $${values.length + 2}`,
        [...values, after?.[0] ?? null, limit],
      )
      const last = rows.at(-1)
      return {
        rows: rows.map((row) => [row.photoId, photoFileName(row.schoolCode, row, row.hasNamesake)]),
        ...(last ? { last: [last.id] } : {}),
      }
    }
  },
  file: { extension: 'zip', most: MOST_PHOTOS, tooMany: 'export.tooManyPhotos', write: packPhotos },
}

type PhotoToPack = {
  id: string
  name: string
  identityNumber: string | null
  studentNumber: string
  classNumber: string | null
  photoId: string
  schoolCode: string
  hasNamesake: boolean
}

/** The pictures as they lie in the store, one after another; JPEG is not worth compressing again. */
function packPhotos(pages: AsyncIterable<ExportRows>, files: Pick<FileStore, 'open'>): AsyncIterable<Uint8Array> {
  const parts = async function* () {
    for await (const rows of pages)
      for (const row of rows) {
        const [id, name] = rowTexts(row, 2)
        const content = await files.open(id!)
        if (content) yield { name: name!, content: content as AsyncIterable<Uint8Array> }
      }
  }
  return zipStream(parts(), nodeCodec, 0)
}

// The range is the scope layer's business.
function conditionsOf({ schoolId, gradeId, classId, studentName, identityNumber }: ExportConditions): Where {
  const { add, say, where } = gatherConditions()
  say(`s.study_status = 'ZX'`)
  add((p) => `s.org_id = ${p}::uuid`, schoolId)
  add((p) => `s.grade_id = ${p}::uuid`, gradeId)
  add((p) => `s.class_id = ${p}::uuid`, classId)
  add((p) => `strpos(s.name, ${p}) > 0`, studentName)
  add((p) => `s.identity_number = ${p}`, identityNumber?.toUpperCase())
  return where()
}
