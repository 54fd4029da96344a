"""Pictures of a session: why trees and fault trees, as SVG and as Mermaid diagrams. Pure functions, all of them."""
