import { Component, type ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'
import { WORDS } from './words.ts'
import './guard.css'

/** A part that fails says so and leaves the others standing. The error itself is on the console, without note text. */
export class Guard extends Component<{ children: ReactNode; resetKey?: string }, { failedAt: string | null }> {
  override state = { failedAt: null as string | null }

  static getDerivedStateFromError() {
    return { failedAt: '' }
  }

  override componentDidCatch() {
    this.setState({ failedAt: this.props.resetKey ?? '' })
  }

  override componentDidUpdate() {
    const { failedAt } = this.state
    if (failedAt !== null && failedAt !== '' && failedAt !== this.props.resetKey) this.setState({ failedAt: null })
  }

  override render() {
    if (this.state.failedAt === null) return this.props.children
    return (
      <div className="guard" role="alert">
        <h2>{WORDS.failedTitle}</h2>
        <p>{WORDS.failedText}</p>
        <Button look="primary" onClick={() => location.reload()}>
          {WORDS.reload}
        </Button>
      </div>
    )
  }
}
