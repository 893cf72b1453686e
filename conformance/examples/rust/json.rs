//! A small JSON reader and writer, for Rust has none in its library.

/// How deep arrays and objects may be nested.
const DEEPEST: usize = 64;

#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// A text.
    pub fn text(value: &str) -> Json {
        Json::Text(value.to_string())
    }

    /// An object with these members, in this order.
    pub fn object(members: Vec<(&str, Json)>) -> Json {
        Json::Object(members.into_iter().map(|(name, value)| (name.to_string(), value)).collect())
    }

    /// A member of an object; `Null` where there is none.
    pub fn get(&self, name: &str) -> &Json {
        match self {
            Json::Object(members) => members.iter().find(|(other, _)| other == name).map_or(&Json::Null, |(_, value)| value),
            _ => &Json::Null,
        }
    }

    /// The text of a member, "" where it is none.
    pub fn text_of(&self, name: &str) -> &str {
        self.get(name).as_text().unwrap_or("")
    }

    /// The texts of a member that is a list; whatever else is in it is left out.
    pub fn texts_of(&self, name: &str) -> Vec<&str> {
        match self.get(name) {
            Json::List(elements) => elements.iter().filter_map(Json::as_text).collect(),
            _ => Vec::new(),
        }
    }

    fn as_text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Reads one value and nothing after it; `None` where the text is no JSON, or is nested too deep.
    pub fn read(text: &str) -> Option<Json> {
        let mut reader = Reader { chars: text.chars().collect(), at: 0, depth: 0 };
        let value = reader.value()?;
        reader.space();
        (reader.at == reader.chars.len()).then_some(value)
    }
}

impl std::fmt::Display for Json {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Json::Null => write!(to, "null"),
            Json::Bool(value) => write!(to, "{value}"),
            Json::Number(value) => write!(to, "{value}"),
            Json::Text(text) => quote(to, text),
            Json::List(elements) => {
                write!(to, "[")?;
                for (at, element) in elements.iter().enumerate() {
                    write!(to, "{}{element}", if at == 0 { "" } else { "," })?;
                }
                write!(to, "]")
            }
            Json::Object(members) => {
                write!(to, "{{")?;
                for (at, (name, value)) in members.iter().enumerate() {
                    write!(to, "{}", if at == 0 { "" } else { "," })?;
                    quote(to, name)?;
                    write!(to, ":{value}")?;
                }
                write!(to, "}}")
            }
        }
    }
}

fn quote(to: &mut std::fmt::Formatter<'_>, text: &str) -> std::fmt::Result {
    write!(to, "\"")?;
    for c in text.chars() {
        match c {
            '"' | '\\' => write!(to, "\\{c}")?,
            c if (c as u32) < 0x20 => write!(to, "\\u{:04x}", c as u32)?,
            c => write!(to, "{c}")?,
        }
    }
    write!(to, "\"")
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    depth: usize,
}

impl Reader {
    fn space(&mut self) {
        while self.chars.get(self.at).map_or(false, |c| " \t\r\n".contains(*c)) {
            self.at += 1;
        }
    }

    fn take(&mut self, word: &str) -> bool {
        let found = word.chars().enumerate().all(|(at, c)| self.chars.get(self.at + at) == Some(&c));
        if found {
            self.at += word.len();
        }
        found
    }

    fn value(&mut self) -> Option<Json> {
        self.space();
        if self.take("null") {
            Some(Json::Null)
        } else if self.take("true") {
            Some(Json::Bool(true))
        } else if self.take("false") {
            Some(Json::Bool(false))
        } else if self.take("{") {
            self.inside(Reader::members).map(Json::Object)
        } else if self.take("[") {
            self.inside(Reader::elements).map(Json::List)
        } else if self.chars.get(self.at) == Some(&'"') {
            self.string().map(Json::Text)
        } else {
            self.number().map(Json::Number)
        }
    }

    fn inside<A>(&mut self, read: fn(&mut Reader) -> Option<A>) -> Option<A> {
        self.depth += 1;
        let value = if self.depth > DEEPEST { None } else { read(self) };
        self.depth -= 1;
        value
    }

    fn members(&mut self) -> Option<Vec<(String, Json)>> {
        let mut members = Vec::new();
        self.space();
        if self.take("}") {
            return Some(members);
        }
        loop {
            self.space();
            let name = self.string()?;
            self.space();
            if !self.take(":") {
                return None;
            }
            members.push((name, self.value()?));
            self.space();
            if !self.take(",") {
                return self.take("}").then_some(members);
            }
        }
    }

    fn elements(&mut self) -> Option<Vec<Json>> {
        let mut elements = Vec::new();
        self.space();
        if self.take("]") {
            return Some(elements);
        }
        loop {
            elements.push(self.value()?);
            self.space();
            if !self.take(",") {
                return self.take("]").then_some(elements);
            }
        }
    }

    /// A sign, digits without a zero in front of others, a fraction, an exponent.
    fn number(&mut self) -> Option<f64> {
        let begin = self.at;
        self.take("-");
        if !self.take("0") {
            self.digits()?;
        }
        if self.take(".") {
            self.digits()?;
        }
        if self.take("e") || self.take("E") {
            if !self.take("+") {
                self.take("-");
            }
            self.digits()?;
        }
        self.chars[begin..self.at].iter().collect::<String>().parse().ok()
    }

    fn digits(&mut self) -> Option<()> {
        let begin = self.at;
        while self.chars.get(self.at).map_or(false, |c| c.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > begin).then_some(())
    }

    fn string(&mut self) -> Option<String> {
        let mut string = String::new();
        if !self.take("\"") {
            return None;
        }
        loop {
            let c = *self.chars.get(self.at)?;
            self.at += 1;
            match c {
                '"' => return Some(string),
                '\\' => string.push(self.escaped()?),
                c if (c as u32) < 0x20 => return None,
                c => string.push(c),
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let letter = *self.chars.get(self.at)?;
        self.at += 1;
        Some(match letter {
            '"' | '\\' | '/' => letter,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let high = self.hex()?;
                let low = if (0xd800..0xdc00).contains(&high) && self.take("\\u") { self.hex()? } else { 0 };
                char::from_u32(if low > 0 { 0x10000 + ((high - 0xd800) << 10) + (low.checked_sub(0xdc00)?) } else { high })?
            }
            _ => return None,
        })
    }

    fn hex(&mut self) -> Option<u32> {
        let digits: String = self.chars.get(self.at..self.at + 4)?.iter().collect();
        self.at += 4;
        // The library would take a sign as well.
        if digits.starts_with('+') {
            return None;
        }
        u32::from_str_radix(&digits, 16).ok()
    }
}
