import { DownOutlined } from '@ant-design/icons'
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react'
import { ROW_HEIGHT, type SheetColumn } from './sheet-types.ts'
import type { Editing } from './use-sheet.ts'
import type { WalkKey } from './walk.ts'

/** What keys and clipboard ask of the sheet. */
export type CellInputDoings = {
  /** False when the key leads out of the sheet. */
  readonly step: (key: WalkKey) => boolean
  readonly begin: (mode: Editing['mode'], typed?: string) => void
  readonly commit: (text: string) => void
  readonly cancel: () => void
  readonly clear: () => void
  readonly fillDown: () => void
  readonly undo: () => void
  readonly nextWrong: () => void
  readonly copied: () => string
  readonly paste: (text: string) => void
}

const DOWN: WalkKey = { key: 'ArrowDown', ctrlKey: false, shiftKey: false }
const UP: WalkKey = { ...DOWN, key: 'ArrowUp' }

type Props = {
  readonly ref: Ref<HTMLInputElement>
  readonly column: SheetColumn
  readonly label: string
  /** Row it lies over, and distance from the left edge of the sheet. */
  readonly top: number
  readonly left: number
  readonly width: number
  readonly text: string
  readonly editing: Editing | undefined
  readonly editable: boolean
  readonly doings: CellInputDoings
  readonly picker: (typed: string) => ReactNode
}

/** The frame around the cell one is at, and in it the one input of the sheet: unseen until something is typed. */
export function CellInput({ ref, column, label, top, left, width, text, editing, editable, doings, picker }: Props) {
  const own = useRef<HTMLInputElement>(null)
  useImperativeHandle(ref, () => own.current!)
  const written = editing !== undefined && editing.mode !== 'picker'
  const mode = editing?.mode
  // Empty between edits: what is typed next replaces the cell. Changing a text begins with it.
  useLayoutEffect(() => {
    if (!own.current) return
    if (mode === undefined) own.current.value = ''
    if (mode !== 'edit') return
    own.current.value = text
    own.current.focus({ preventScroll: true })
    own.current.setSelectionRange(text.length, text.length)
  }, [mode, text])

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    // Keys of the input method are its own.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    const handled = written
      ? whileWriting(event, mode === 'typed', doings)
      : whileWalking(event, column, text, editable, doings)
    if (handled) event.preventDefault()
  }
  const onTyped = (value: string, composing: boolean): void => {
    if (!editable) {
      if (own.current) own.current.value = ''
      return
    }
    if (!composing && mode !== 'edit' && column.picker?.onTyped(value)) doings.begin('picker', value)
    else if (!written) doings.begin('typed')
  }
  const onClipboard = (event: ClipboardEvent<HTMLInputElement>): void => {
    if (written) return
    event.preventDefault()
    if (event.type === 'paste') {
      if (editable) doings.paste(event.clipboardData.getData('text/plain'))
      return
    }
    event.clipboardData.setData('text/plain', doings.copied())
    if (event.type === 'cut' && editable) doings.clear()
  }
  const place = column.frozen
    ? { position: 'sticky' as const, left, width: column.width }
    : { position: 'absolute' as const, left, width: column.width }
  return (
    <div
      className={`xj-sheet-over${column.frozen ? ' xj-sheet-over-frozen' : ''}`}
      style={{ top: top * ROW_HEIGHT, width, height: ROW_HEIGHT }}
    >
      <div className={`xj-sheet-cursor${written ? ' xj-sheet-writing' : ''}`} style={{ ...place, height: ROW_HEIGHT }}>
        <input
          ref={own}
          className={column.digits ? 'xj-number' : ''}
          aria-label={label}
          autoComplete="off"
          spellCheck={false}
          onKeyDown={onKeyDown}
          onInput={(event) => onTyped(event.currentTarget.value, (event.nativeEvent as InputEvent).isComposing)}
          onCompositionEnd={(event) => onTyped(event.currentTarget.value, false)}
          onCopy={onClipboard}
          onCut={onClipboard}
          onPaste={onClipboard}
          onBlur={(event) => written && doings.commit(event.currentTarget.value)}
        />
        {editable && column.picker && mode !== 'picker' ? (
          <button
            type="button"
            tabIndex={-1}
            aria-label="选择"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => doings.begin('picker')}
          >
            <DownOutlined aria-hidden />
          </button>
        ) : null}
        {mode === 'picker' ? <div className="xj-sheet-picker">{picker(editing?.typed ?? '')}</div> : null}
      </div>
    </div>
  )
}

type Press = KeyboardEvent<HTMLInputElement>

/** While a text is being written: Enter and Tab take it over and go on, arrows too when it was begun by typing over the cell. */
function whileWriting(event: Press, typedOver: boolean, doings: CellInputDoings): boolean {
  const { key } = event
  if (key === 'Escape') {
    doings.cancel()
    return true
  }
  const leaves = key === 'Enter' || key === 'Tab' || (typedOver && /^Arrow(Up|Down|Left|Right)$/.test(key))
  if (!leaves) return false
  doings.commit(event.currentTarget.value)
  if (key === 'Enter') return doings.step(event.shiftKey ? UP : DOWN)
  return doings.step({ key, ctrlKey: false, shiftKey: key === 'Tab' && event.shiftKey })
}

/** Between edits: keys walk, begin to edit, clear, fill and undo. */
function whileWalking(
  event: Press,
  column: SheetColumn,
  text: string,
  editable: boolean,
  doings: CellInputDoings,
): boolean {
  const { key, altKey, shiftKey } = event
  const ctrlKey = event.ctrlKey || event.metaKey
  if (altKey && key === 'ArrowDown') {
    if (column.picker) doings.begin('picker')
    return true
  }
  if (key === 'F2' || key === 'Enter') {
    if (editable) doings.begin(column.picker?.onEnter ? 'picker' : 'edit', text)
    else if (key === 'Enter') doings.step(DOWN)
    return true
  }
  if (key === 'Delete' || key === 'Backspace') {
    if (editable) doings.clear()
    return true
  }
  if (key === 'F8') {
    doings.nextWrong()
    return true
  }
  if (ctrlKey && key.toLowerCase() === 'd') {
    doings.fillDown()
    return true
  }
  if (ctrlKey && key.toLowerCase() === 'z') {
    doings.undo()
    return true
  }
  return doings.step({ key, ctrlKey, shiftKey })
}
