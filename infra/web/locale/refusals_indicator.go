package locale

// indicatorRefusalTexts are the refusals of definitions that cannot be: they name
// the field, say why, and what to do.
var indicatorRefusalTexts = map[string]pair{
	"indicator.name":              {"{field}の符号が読めません。英数字で、空けずに入力してください。", "The code of {field} cannot be read. Use letters and digits without a space."},
	"figure.no_value":             {"この期間には数えるものがなく、値を計算できません。期間か指標を選び直してください。", "There is nothing to count in that period, so the figure has no value. Choose another period or indicator."},
	"indicator.version":           {"その版の名前はもう使われています。別の名前にしてください。", "That version name is used already. Choose another."},
	"indicator.official_from":     {"適用を始める日が読めません。2020-04-01の形で入力してください。", "The day from which it is in force cannot be read. Write it as 2020-04-01."},
	"indicator.class":             {"種類は「成果」か「活動」です。どちらかを選んでください。", "The class is outcome or activity. Choose one."},
	"indicator.rule":              {"その数え方はありません。数え方を選び直してください。", "There is no such counting rule. Choose another."},
	"indicator.unit":              {"この数え方では、その単位で数えられません。単位か数え方を選び直してください。", "That rule does not count in that unit. Choose another unit or rule."},
	"indicator.basis":             {"この数え方は、その延べ・実の別になりません。選び直してください。", "That rule does not count on that basis (gross or distinct). Choose another."},
	"indicator.parameter":         {"この数え方には「{field}」が要ります。値を入れてください。", "This rule needs {field}. Enter a value."},
	"indicator.parameter_unknown": {"「{field}」という条件はありません。名前を確かめるか、外してください。", "There is no parameter {field}. Check its name or take it out."},
	"indicator.parameter_unused":  {"「{field}」はこの数え方では使いません。外してください。", "{field} does not apply to this rule. Take it out."},
	"indicator.parameter_value":   {"「{field}」の値が読めないか、決められた値ではありません。選び直してください。", "The value of {field} cannot be read or is none of those allowed. Choose another."},
	"indicator.looks_back":        {"「{field}」はさかのぼって数えますが、この数え方は前の成果も相談も覚えていません。外すか、数え方を選び直してください。", "{field} looks back, but this rule keeps no earlier outcome or session to look at. Take it out or choose another rule."},
	"indicator.overlap":           {"就業の区分と移住の区分に同じものがあります。どちらか一方だけに入れてください。", "A category stands in both the job and the relocation list. Keep it in one of them."},
	"indicator.never":             {"「{field}」がこの値では、何も数えられず、いつも0になります。値を選び直してください。", "With that {field} nothing could ever count; the figure would always be 0. Choose another value."},
	"indicator.part_unknown":      {"「{field}」の指標がありません。指標の符号を確かめてください。", "There is no indicator for {field}. Check its code."},
	"indicator.part_itself":       {"割合の「{field}」に、その割合自身は使えません。別の指標を選んでください。", "A ratio cannot have itself as {field}. Choose another indicator."},
	"indicator.part_ratio":        {"割合や中央値は「{field}」に使えません。数を選んでください。", "A ratio or a median cannot be the {field}. Choose a count."},
	"indicator.part_same":         {"分子と分母が同じで、いつも100％になります。別の指標を選んでください。", "Numerator and denominator are the same; it would always be 100 per cent. Choose another indicator."},
	"indicator.part_unit":         {"分子と分母の単位が違います。同じ単位の指標を選んでください。", "Numerator and denominator have different units. Choose indicators of one unit."},
	"indicator.part_scope":        {"分子と分母の範囲（窓口・コーナー・県）が違います。同じ範囲で数える指標を選んでください。", "Numerator and denominator are counted for different scopes (desk, corner, prefecture). Choose indicators of one scope."},
	"indicator.part_outside":      {"分子に、分母へ入らないものがあります。分子の区分と方法を、分母のものの中から選んでください。", "Something above the line does not stand below it. Take the numerator's categories and channels from those of the denominator."},
	"indicator.knows_all":         {"この分子には「不明」がないので、分母から除くものがありません。「yes」にしてください。", "This numerator has no unknown cases, so there is nothing to leave out of the denominator. Choose yes."},
}
