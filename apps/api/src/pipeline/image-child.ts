// Runs as a process of its own with limits on memory and time, without database or secrets: whatever a picture does to its decoder, it does here.
import { cleanImage } from './image-decoder.ts'
import type { ImageMessage, ImageRequest } from './image-protocol.ts'

process.once('disconnect', () => process.exit(0))

process.on('message', ({ number, bytes }: ImageRequest) => {
  void cleanImage(bytes).then((outcome) => say({ number, outcome }))
})
say({ ready: true })

function say(message: ImageMessage): void {
  process.send?.(message)
}
