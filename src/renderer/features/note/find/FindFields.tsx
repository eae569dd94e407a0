import {
  ArrowDown,
  ArrowUp,
  CaseSensitive,
  type LucideIcon,
  Regex,
  Replace,
  ReplaceAll,
  Search,
  WholeWord,
  X,
} from 'lucide-react'
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { changeQuery, useFind } from '../../../state/find.ts'
import { Button } from '../../../ui/Button.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import type { FindCount, Finder } from './finder.ts'
import { WORDS } from './words.ts'
import './find.css'

type FindFieldsProps = {
  readonly finder: Finder
  readonly count: FindCount
  /** Another number: the field takes the focus, with what is in it chosen. */
  readonly asked: number
  readonly canReplace: boolean
  readonly replaces: boolean
  readonly onReplaces: (replaces: boolean) => void
  readonly onClose: () => void
}

export function FindFields({ finder, count, asked, canReplace, replaces, onReplaces, onClose }: FindFieldsProps) {
  const { query, replacement } = useFind()
  const bar = useRef<HTMLElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const isFirst = useRef(true)
  const [said, setSaid] = useState('')
  const { problem } = count
  const hasFound = count.count > 0

  useKeptScroll(bar, replaces)
  useEffect(() => {
    if (asked > 0) field.current?.select()
  }, [asked])
  useEffect(() => {
    // whoever opened the bar has looked already
    if (!isFirst.current) finder.look(query)
    isFirst.current = false
    setSaid('')
  }, [finder, query])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
    event.preventDefault()
    event.stopPropagation()
    onClose()
  }
  const onEnter = (act: (event: KeyboardEvent) => void) => (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    act(event)
  }
  const replaceOne = () => {
    const { left } = finder.replaceOne(replacement)
    setSaid(left > 0 ? WORDS.done(0, left) : '')
  }
  const replaceAll = () => {
    const { replaced, left } = finder.replaceAll(replacement)
    setSaid(WORDS.done(replaced, left))
  }
  const toggle = (icon: LucideIcon, label: string, name: 'matchCase' | 'wholeWords' | 'regex') => (
    <IconButton
      icon={icon}
      label={label}
      aria-pressed={query[name]}
      onClick={() => changeQuery({ [name]: !query[name] })}
    />
  )

  return (
    <search className="find-bar" ref={bar} aria-label={WORDS.bar} onKeyDown={onKeyDown}>
      <div className="find-line">
        <Icon of={Search} />
        <input
          ref={field}
          type="text"
          className="find-field"
          aria-label={WORDS.find}
          aria-invalid={problem !== null}
          placeholder={WORDS.find}
          value={query.query}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => changeQuery({ query: event.currentTarget.value })}
          onKeyDown={onEnter((event) => finder.step(event.shiftKey ? -1 : 1, false))}
        />
        <span className="find-count num" role="status">
          {query.query === '' || problem !== null
            ? ''
            : hasFound
              ? WORDS.count(count.at, count.count, count.isCapped)
              : WORDS.nothing}
        </span>
        <IconButton
          icon={ArrowUp}
          label={WORDS.previous}
          isDisabled={!hasFound}
          onClick={() => finder.step(-1, false)}
        />
        <IconButton icon={ArrowDown} label={WORDS.next} isDisabled={!hasFound} onClick={() => finder.step(1, false)} />
        <span className="find-apart" />
        {toggle(CaseSensitive, WORDS.matchCase, 'matchCase')}
        {toggle(WholeWord, WORDS.wholeWords, 'wholeWords')}
        {toggle(Regex, WORDS.pattern, 'regex')}
        {canReplace && (
          <IconButton
            icon={Replace}
            label={replaces ? WORDS.hideReplace : WORDS.showReplace}
            aria-pressed={replaces}
            onClick={() => onReplaces(!replaces)}
          />
        )}
        <IconButton icon={X} label={WORDS.close} onClick={onClose} />
      </div>
      {replaces && (
        <div className="find-line">
          <Icon of={ReplaceAll} />
          <input
            type="text"
            className="find-field"
            aria-label={WORDS.replace}
            placeholder={WORDS.replace}
            value={replacement}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => useFind.setState({ replacement: event.currentTarget.value })}
            onKeyDown={onEnter(replaceOne)}
          />
          <Button look="ghost" isDisabled={!hasFound} onClick={replaceOne}>
            {WORDS.replaceOne}
          </Button>
          <Button isDisabled={!hasFound} onClick={replaceAll}>
            {WORDS.replaceAll}
          </Button>
        </div>
      )}
      {problem !== null && (
        <p className="find-problem" role="alert">
          {problem === 'slow' ? WORDS.slow : WORDS.badPattern}
        </p>
      )}
      <p className="find-said" role="status">
        {said}
      </p>
    </search>
  )
}

/** The text keeps its place on the screen while the bar over it comes, grows and goes. */
function useKeptScroll(bar: React.RefObject<HTMLElement | null>, replaces: boolean): void {
  const height = useRef(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it grows with the second line
  useLayoutEffect(() => {
    const scroller = bar.current?.closest('.content-layer')?.querySelector('.note-scroll')
    const grown = (bar.current?.offsetHeight ?? 0) - height.current
    height.current += grown
    if (scroller && scroller.scrollTop > 0) scroller.scrollTop += grown
  }, [replaces])
  useLayoutEffect(() => {
    const scroller = bar.current?.closest('.content-layer')?.querySelector('.note-scroll')
    return () => {
      if (scroller) scroller.scrollTop -= height.current
      height.current = 0
    }
  }, [bar])
}
