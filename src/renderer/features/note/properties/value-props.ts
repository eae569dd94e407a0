import type { PropertyValue } from '../../../../core/note/note.ts'
import type { FollowProperty } from './follow.ts'

export type ValueProps = {
  readonly property: string
  readonly value: PropertyValue
  readonly onChange: (value: PropertyValue) => void
  readonly onNext: () => void
  readonly onFollow: FollowProperty
}
