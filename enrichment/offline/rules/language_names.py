"""Names of programming languages, with their aliases.

One a line: `name: alias; alias`. A name or alias that is also a word of ordinary language
has a mark: `!` counts only as it is written here, `?` also needs another technology or a
word like `developer` nearby.
"""

from __future__ import annotations

LANGUAGES = """
Python: python3; Python 3
Java: java8; Java SE
JavaScript: JS; ECMAScript; ES6; java script; vanilla js
TypeScript: type script
C#: c sharp; csharp
C++: cpp
?C
F#
Visual Basic: VB.NET; VBA; VB6
PHP: php7; php8; php5
?Go: Golang
?R: R studio; RStudio
!Ruby
!Rust
!Scala
!Swift
Kotlin
Objective-C: Objective C
!Perl
!Dart
Elixir
Erlang
Haskell
Clojure
!Julia
Lua
MATLAB
!SAS
SQL: SQL queries
PL/SQL: PLSQL
T-SQL: TSQL; Transact-SQL
Bash: shell scripting; shell script; shell scripts; bash scripting; shellscript
PowerShell: power shell
Groovy
COBOL
Fortran
!Ada
Delphi
ABAP
!Apex
HTML: HTML5; XHTML
CSS: CSS3
!Sass: SCSS
?Less: !LESS
VHDL
Verilog: SystemVerilog
Assembly language: assembler
GraphQL
Solidity
KQL: Kusto
DAX
XSLT
"""
