const FOCUSABLE = 'input:not([disabled]), textarea:not([disabled]), [tabindex="0"]'

/** Brings a field of the form into view and puts the cursor into it. */
export function jumpToField(area: HTMLElement | null, key: string | undefined): void {
  const item = key && area?.querySelector<HTMLElement>(`[data-field="${key}"]`)
  if (!item) {
    area?.scrollTo({ top: 0 })
    return
  }
  item.scrollIntoView({ block: 'center' })
  item.querySelector<HTMLElement>(FOCUSABLE)?.focus({ preventScroll: true })
}
