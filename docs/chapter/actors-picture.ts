/** Who takes part, and what runs between them: the one picture that is not a story. */
import { arrowShape, lineShape, textShape } from "../../conformance/report/svg-shapes.ts"
import { escapeXml } from "../../conformance/report/xml-text.ts"

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly title: string
  readonly about?: string
}

const kvConsumer: Box = { x: 40, y: 150, width: 150, height: 150, title: "kv consumer", about: "asks for streams" }
const consumer: Box = { x: 330, y: 150, width: 190, height: 60, title: "consumer connection", about: "takes the calls" }
const producer: Box = {
  x: 330,
  y: 240,
  width: 190,
  height: 60,
  title: "producer connection",
  about: "remembers nothing"
}
const kvProducer: Box = { x: 690, y: 150, width: 150, height: 150, title: "kv producer", about: "has the data" }

const frames: ReadonlyArray<Box> = [
  { x: 20, y: 50, width: 530, height: 280, title: "consumer node" },
  { x: 310, y: 100, width: 230, height: 215, title: "replicator (ns_server)" },
  { x: 670, y: 50, width: 190, height: 280, title: "producer node" }
]

const frame = ({ x, y, width, height, title }: Box): ReadonlyArray<string> => [
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="none" stroke="#000" stroke-dasharray="2 3"/>`,
  textShape(x + 10, y + 18, title, {})
]

const box = ({ x, y, width, height, title, about }: Box): ReadonlyArray<string> => [
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4" fill="#fff" stroke="#000"/>`,
  textShape(x + width / 2, y + height / 2 - 4, title, { anchor: "middle", weight: "bold" }),
  textShape(x + width / 2, y + height / 2 + 13, about ?? "", { anchor: "middle" })
]

const right = ({ x, width }: Box): number => x + width

/** A labelled arrow between two columns. */
const arrow = (from: number, to: number, y: number, text: string): ReadonlyArray<string> => [
  ...arrowShape(from, to, y, "solid"),
  textShape((from + to) / 2, y - 5, text, { anchor: "middle" })
]

const vertical = (x: number, from: number, to: number): ReadonlyArray<string> => {
  const neck = to > from ? to - 8 : to + 8
  return [lineShape(x, from, x, neck, { dashed: true }), `<path d="M${x} ${to}L${x - 4} ${neck}L${x + 4} ${neck}Z"/>`]
}

const title = "A proxy pair between two kv ends"
const description =
  "The consumer node runs the kv consumer and the replicator with its two connections. The consumer connection owns the socket to the kv consumer, the producer connection the socket to the kv producer on another node. What comes from one side is written to the other side's socket. The two connections tell each other things by casts. A caller calls the consumer connection."

/** The picture as SVG text. */
export const actorsPicture = (): string =>
  [
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" width="880" height="350" viewBox="0 0 880 350" font-family="ui-monospace, \'DejaVu Sans Mono\', Menlo, Consolas, monospace" font-size="12" fill="#000">',
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(description)}</desc>`,
    '<rect width="880" height="350" fill="#fff"/>',
    textShape(20, 30, title, { weight: "bold", size: 14 }),
    ...frames.flatMap(frame),
    ...[kvConsumer, consumer, producer, kvProducer].flatMap(box),
    ...arrow(right(kvConsumer), consumer.x, 172, "answers, asks"),
    ...arrow(consumer.x, right(kvConsumer), 198, "ADD, CLOSE"),
    ...arrow(producer.x, right(kvConsumer), 270, "passed on"),
    ...arrow(right(consumer), kvProducer.x, 180, "passed on"),
    ...arrow(kvProducer.x, right(producer), 262, "answers, data"),
    ...arrow(right(producer), kvProducer.x, 288, "CLOSE"),
    ...vertical(400, 210, 240),
    ...vertical(450, 240, 210),
    textShape(460, 229, "casts", {}),
    ...vertical(495, 70, 150),
    textShape(495, 66, "calls", { anchor: "middle" }),
    "</svg>",
    ""
  ].join("\n")
