import { scanXml } from './xml-text.ts'

export type Relationship = {
  readonly id: string
  /** The last word of the type's URI, which Strict and Transitional files share: 'worksheet', 'styles' … */
  readonly kind: string
  /** Name of the part in the zip; undefined for targets outside the file. */
  readonly part: string | undefined
}

/** Reads the relations of `owner`, the part they belong to ('' for the package). */
export function parseRelationships(xml: string, owner: string): Relationship[] {
  const relationships: Relationship[] = []
  scanXml(xml, {
    open: (name, attributes) => {
      if (name !== 'Relationship') return
      const type = attributes.get('Type') ?? ''
      const outside = attributes.get('TargetMode') === 'External'
      relationships.push({
        id: attributes.get('Id') ?? '',
        kind: type.slice(type.lastIndexOf('/') + 1),
        part: outside ? undefined : resolveTarget(attributes.get('Target') ?? '', owner),
      })
    },
  })
  return relationships
}

/** Where the relations of a part are kept. */
export function relationshipsPartOf(owner: string): string {
  const slash = owner.lastIndexOf('/') + 1
  return `${owner.slice(0, slash)}_rels/${owner.slice(slash)}.rels`
}

/** Targets are relative to the owner's folder, or absolute with a leading '/'. */
function resolveTarget(target: string, owner: string): string {
  const path = target.replaceAll('\\', '/')
  const folder = path.startsWith('/') ? [] : owner.split('/').slice(0, -1)
  for (const step of path.split('/')) {
    if (step === '..') folder.pop()
    else if (step !== '' && step !== '.') folder.push(step)
  }
  return folder.join('/')
}
