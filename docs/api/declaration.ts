/** A declaration as a reader of the reference wants it: what it promises, without what it does. */
import {
  type ClassDeclaration,
  type ConstructorDeclaration,
  type GetAccessorDeclaration,
  type MethodDeclaration,
  ModifierFlags,
  type Node,
  type PropertyDeclaration,
  type SetAccessorDeclaration,
  type VariableDeclaration
} from "typescript/unstable/ast"
import {
  isArrowFunction,
  isClassDeclaration,
  isConstructorDeclaration,
  isFunctionDeclaration,
  isGetAccessorDeclaration,
  isMethodDeclaration,
  isPrivateIdentifier,
  isPropertyDeclaration,
  isSetAccessorDeclaration,
  isTypeAliasDeclaration,
  isVariableDeclaration
} from "typescript/unstable/ast/is"
import type { Exported, TypeOf } from "./exports.ts"

/** The declarations of a name. Where a schema and its type share it, the type says nothing that the schema does not. */
export const declarationText = ({ name, declarations }: Exported, typeOf: TypeOf): string =>
  declarations
    .filter((node) => !(isTypeAliasDeclaration(node) && textOf(node.type) === `typeof ${name}.Type`))
    .map((node) => promiseOf(node, typeOf))
    .join("\n")

const promiseOf = (node: Node, typeOf: TypeOf): string => {
  if (isVariableDeclaration(node)) return `const ${constant(node, typeOf)}`
  if (isClassDeclaration(node)) return classText(node)
  if (isFunctionDeclaration(node)) return bare(slice(node, node.getStart(), node.body?.pos ?? node.end))
  return bare(textOf(node))
}

/** A function by its signature, something with a written type by that, and data, schemas above all, as it stands. */
const constant = (node: VariableDeclaration, typeOf: TypeOf): string => {
  const name = textOf(node.name)
  if (node.type !== undefined) return `${name}: ${textOf(node.type)}`
  if (node.initializer === undefined) return name
  if (!isArrowFunction(node.initializer)) return `${name} = ${textOf(node.initializer)}`
  let last = node.initializer
  while (isArrowFunction(last.body)) last = last.body
  const signature = slice(node, node.initializer.getStart(), last.equalsGreaterThanToken.pos).trimEnd()
  return last.type === undefined ? `${name}: ${typeOf(node)}` : `${name} = ${signature}`
}

type Member =
  | ConstructorDeclaration
  | MethodDeclaration
  | PropertyDeclaration
  | GetAccessorDeclaration
  | SetAccessorDeclaration

const classText = (node: ClassDeclaration): string => {
  const members = node.members.filter(isMember).filter(isPublic).map(memberText)
  const head = bare(slice(node, node.getStart(), node.members.pos)).trimEnd()
  return members.length === 0 ? `${head} }` : `${head}\n${members.join("\n")}\n}`
}

const isMember = (node: Node): node is Member =>
  isConstructorDeclaration(node) ||
  isMethodDeclaration(node) ||
  isPropertyDeclaration(node) ||
  isGetAccessorDeclaration(node) ||
  isSetAccessorDeclaration(node)

/** Not what the class keeps for itself and its heirs, nor what its base has promised already. */
const hidden = ModifierFlags.Private | ModifierFlags.Protected | ModifierFlags.Override

const isPublic = (node: Member): boolean =>
  (node.modifierFlags & hidden) === 0 && (isConstructorDeclaration(node) || !isPrivateIdentifier(node.name))

/** A member with its docstring, up to its body. */
const memberText = (node: Member): string => {
  const before = slice(node, node.pos, node.getStart())
  const [doc = ""] = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/.exec(before) ?? []
  const end = isPropertyDeclaration(node) ? node.end : (node.body?.pos ?? node.end)
  return `  ${doc.trimEnd()}${doc === "" ? "" : "\n  "}${slice(node, node.getStart(), end).trimEnd()}`
}

const bare = (text: string): string => text.replace(/^export /, "").trimEnd()

const textOf = (node: Node): string => slice(node, node.getStart(), node.end)

const slice = (node: Node, from: number, to: number): string => node.getSourceFile().text.slice(from, to)
