"""Rule files that attack: every text below in every place of a rule file that its author fills."""

import re

# Markup that would act in a page.
MARKUP = [
    "<script>window.pwned = 1</script>",
    "<ScRiPt/x>window.pwned = 1</sCrIpT >",
    "<scr<script>ipt>window.pwned = 1</script>",
    "</title><script>window.pwned = 1</script>",
    "</script><script>window.pwned = 1</script>",
    "</style><script>window.pwned = 1</script>",
    "</textarea></noscript><script>window.pwned = 1</script>",
    "--><script>window.pwned = 1</script><!--",
    "]]></script>",
    "<![CDATA[<script>window.pwned = 1</script>]]>",
    "\"><img src=x onerror=\"window.pwned = 1\">",
    "'><img src=x onerror='window.pwned = 1'>",
    "`><img src=x onerror=`window.pwned=1`>",
    "' onmouseover='window.pwned = 1",
    "\" autofocus onfocus=\"window.pwned = 1",
    "</code></pre><svg onload=\"window.pwned = 1\">",
    "<svg><animate onbegin=window.pwned=1 attributeName=x dur=1s>",
    "<svg><a xlink:href='javascript:window.pwned=1'><text>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml,<svg onload=window.pwned=1>'/></svg>",
    "<svg><script>window.pwned = 1</script></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=window.pwned=1>",
    "<details open ontoggle=window.pwned=1>",
    "<input autofocus onfocus=window.pwned=1>",
    "<video><source onerror=window.pwned=1></video>",
    "<body onload=window.pwned=1>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "<!-- --><iframe src=javascript:window.pwned=1></iframe>",
    "<object data=javascript:window.pwned=1></object>",
    "<embed src=javascript:window.pwned=1>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>body { display: none }</style>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<form action=//evil.example><button>x</button></form>",
    "<a href=//evil.example/>x</a>",
    "<template><script>window.pwned = 1</script></template>",
    "&lt;script&gt;window.pwned = 1&lt;/script&gt;",
    "&#60;script&#62;window.pwned = 1&#60;/script&#62;",
    "\\u003cscript\\u003ewindow.pwned = 1\\u003c/script\\u003e",
    "+ADw-script+AD4-window.pwned=1+ADw-/script+AD4-",
    "${window.pwned = 1} {{constructor.constructor('window.pwned=1')()}}",
    "\\\";window.pwned=1;//",
]

# Addresses that would run something, or lead away without being asked.
ADDRESSES = [
    "javascript:window.pwned=1",
    "JaVaScRiPt:window.pwned=1",
    " javascript:window.pwned=1",
    "\x01javascript:window.pwned=1",
    "java\tscript:window.pwned=1",
    "java\nscript:window.pwned=1",
    "javascript&colon;window.pwned=1",
    "&#106;avascript:window.pwned=1",
    "&#x6A&#x61vascript:window.pwned=1",
    "javascript://%0awindow.pwned=1",
    "vbscript:window.pwned=1",
    "livescript:window.pwned=1",
    "data:text/html,<script>window.pwned=1</script>",
    "data:text/html;base64,PHNjcmlwdD53aW5kb3cucHduZWQ9MTwvc2NyaXB0Pg==",
    "blob:https://evil.example/x",
    "file:///etc/passwd",
    "//evil.example/",
    "\\\\evil.example\\x",
    "https:evil\" onclick=\"window.pwned=1",
    "https://x\" onmouseover=\"window.pwned=1",
]

# What formatters of manuals and terminals would obey, and text that is not what it seems.
CONTROLS = [
    "\\fBbold\\fP \\*(lq \\n(.$ \\X'ps: exec x'",
    "\\!.sy touch pwned",
    "\\c\n.sy touch pwned\n.pso touch pwned",
    "'so /etc/passwd",
    ".TH EVIL 8",
    ".\\\" .pso touch pwned",
    "\\w'x'\\k(ab\\h'|0'\\v'-1'",
    "\x1b[31mred\x1b]0;title\x07",
    "\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1bP$q\x1b\\\x1b[?1049h\x1b[2J",
    "\x9b31m\x9d0;title\x9c",
    "\x08\x08\x08safe\x7f",
    "one\rtwo",
    "\u202etxt.exe\u202c",
    "\u2066if admin:\u2069 \u2067x\u2069",
    "\u2028\u2029",
    "a\u200bb\u2060c\ufeffd",
]

ATTACKS = MARKUP + CONTROLS + ADDRESSES

# Every place of a rule file that its author fills with words.
FIELDS = [
    "title", "summary", "reason", "tool", "alias", "symptom", "tag", "message", "replacement", "note",
    "reference", "address", "heading", "prose", "emphasis", "link", "autolink", "tooltip", "cell",
    "listing", "language", "caption", "comment", "string", "path", "skip",
]

TEMPLATE = """\
---
code: {code}
name: {name}
title: {title}
summary: {summary}
severity: warning
status: {{state: deprecated, since: 0.1.0, reason: {reason}}}
since: 0.1.0
frameworks: [asyncio]
aliases: [{{tool: {tool}, rule: {alias}, relation: same}}]
symptoms: [{symptom}]
tags: [{tag}]
check: blocking-call
messages:
  call: {template}
calls:
  - {{call: {module}.act, role: blocking, replace: {replacement}, note: {note}}}
fix: none
references:
  - {{title: {reference}, url: {address}}}
---

## What it does

Reports it. {prose} *{emphasis}* [press]({link}) <{autolink}> [hover](https://example.org/ "{tooltip}")

## Why it matters

It blocks.

| what | why |
| --- | --- |
| {cell} | it blocks |

```{language}
{listing}
```

### {heading}

It still does.

## Examples

It blocks. {caption}

```python bad id=first{file}
import {module}


async def main():
    {module}.act("{string}")  # {comment}
#   {marks} {code} {shown}
```

```run
skip: {skip}
```

## How to fix it

Do not.

```python good id=third
async def main():
    return 1
```

## Near misses

This is no coroutine.

```python near-miss id=second
import {module}


def main():
    {module}.act()
```

## When to ignore it

Never.
"""


def quoted(text):
    """A YAML string in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    escaped = re.sub(
        r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]",
        lambda match: f"\\u{ord(match.group(0)):04x}",
        escaped,
    )
    return f'"{escaped}"'


def rule(number, field, attack):
    """The name and the text of a rule file with the attack in one field."""
    texts = dict.fromkeys(FIELDS, "harmless")
    texts |= {"address": "https://example.org/", "link": "https://example.org/",
              "autolink": "https://example.org/", "language": "text"}
    texts[field] = attack
    name, module = f"hostile-{number}", f"m{number}"
    string = texts["string"].replace("\n", " ").replace("\r", " ").replace("\\", "\\\\").replace('"', '\\"')
    message = f"`{{call}}` blocks {texts['message']}".replace("harmless", "here")
    in_yaml = {key: quoted(f"Harm {texts[key]}") for key in ["title", "reason", "symptom", "note", "skip"]}
    return name, TEMPLATE.format(
        code=f"{chr(65 + number // 1000)}EVIL{number % 1000:03}", name=name, module=module,
        **in_yaml,
        **{key: quoted(texts[key]) for key in
           ["tool", "alias", "tag", "replacement", "reference", "address"]},
        summary=quoted(f"Harm {texts['summary']}."), template=quoted(message),
        shown=message.replace("{call}", f"{module}.act"),
        file="" if field != "path" else f" file={attack}.py",
        marks="^" * len(f'{module}.act("{string}")'), string=string,
        comment=texts["comment"].replace("\n", " ").replace("\r", " "),
        **{key: texts[key] for key in
           ["prose", "emphasis", "link", "autolink", "tooltip", "cell", "listing", "language",
            "heading", "caption"]},
    )
