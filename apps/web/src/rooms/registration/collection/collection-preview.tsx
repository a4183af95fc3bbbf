import { Button } from 'antd'
import { useState } from 'react'
import { useNotice } from '../../../shared/notice.ts'
import { PrintPreview } from '../../../shared/print-preview.tsx'
import {
  type CollectionPart,
  type CollectionWish,
  FIRST_PART,
  loadPart,
  type PartKey,
  partAfter,
} from './collection.queries.ts'
import { CollectionSheet } from './collection-sheet.tsx'

/** What a page needs to print filled forms: a way to begin, whether it is being read, and the preview itself. */
export type CollectionPrinting = {
  readonly start: (wish: CollectionWish) => void
  readonly busy: boolean
  readonly preview: React.ReactNode
}

/** Filled 采集表, in parts of sixty: read when asked for, shown, printed (EXP-009: each reading is in the audit). */
export function useCollectionPrinting(): CollectionPrinting {
  const [wish, setWish] = useState<CollectionWish>()
  const [part, setPart] = useState<CollectionPart>()
  const [busy, setBusy] = useState(false)
  const notice = useNotice()
  const read = async (wanted: CollectionWish, key: PartKey): Promise<void> => {
    setBusy(true)
    try {
      const found = await loadPart(wanted, key)
      if (found.sheets.length === 0) notice.info('没有可以打印的学生')
      else setPart(found)
    } catch (error) {
      notice.error(error)
    } finally {
      setBusy(false)
    }
  }
  const next = part && partAfter(part)
  return {
    start: (wanted) => {
      setWish(wanted)
      void read(wanted, FIRST_PART)
    },
    busy,
    preview: (
      <PrintPreview
        open={part !== undefined}
        title="打印采集表"
        onClose={() => setPart(undefined)}
        extra={
          part ? (
            <>
              第 {part.first + 1}–{part.first + part.sheets.length} 张，共 {part.total} 张
              {next && wish ? (
                <Button type="link" size="small" loading={busy} onClick={() => void read(wish, next)}>
                  下一批
                </Button>
              ) : null}
            </>
          ) : null
        }
        sheets={(part?.sheets ?? []).map(({ id, texts }) => (
          <CollectionSheet
            key={id}
            schoolName={part?.schoolName ?? ''}
            schoolCode={part?.schoolCode ?? ''}
            texts={texts}
          />
        ))}
      />
    ),
  }
}
