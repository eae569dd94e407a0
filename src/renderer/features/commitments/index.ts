export { CommitmentsView } from './CommitmentsView.tsx'
export { reachWords } from './cells.ts'
export { openReview } from './open-review.ts'
