package locale

// Provider is what pages say of the sign-in of the prefecture.
type Provider struct {
	Button, Or                    string
	Heading, Linked, Unlinked     string
	Text, Link, Unlock            string
	FlagIssuer, FlagClient        string
	FlagSecret, Forget, Forgotten string
}

var japaneseProvider = Provider{
	Button: "県のアカウントでサインイン", Or: "または、あゆみのパスワードで",
	Heading: "県のアカウント", Linked: "結び付けています", Unlinked: "結び付けていません",
	Text: "結び付けると、次から県のアカウント（Entra ID、AD FSなど）でサインインできます。", Link: "結び付ける", Unlock: "県のアカウントでロックを解く（別のタブ）",
	FlagIssuer: "県の認証サーバー（OpenID Connect）の発行者のアドレス", FlagClient: "認証サーバーでのこの製品の番号（client_id）", FlagSecret: "client_secretを書いたファイル",
	Forget: "県のアカウントとの結び付きを外す。いまのサインインは終わる", Forgotten: "結び付きを外しました。",
}

var englishProvider = Provider{
	Button: "Sign in with the prefecture's account", Or: "or with a password of Ayumi",
	Heading: "Account of the prefecture", Linked: "Linked", Unlinked: "Not linked",
	Text: "Once linked, you sign in with the account of your prefecture (Entra ID, AD FS and the like).", Link: "Link it", Unlock: "Unlock with the prefecture's account (another tab)",
	FlagIssuer: "issuer address of the prefecture's identity provider (OpenID Connect)", FlagClient: "client_id of this product there", FlagSecret: "file that holds the client_secret",
	Forget: "unlink a sign-in name from the prefecture's account; its sessions end", Forgotten: "It is no longer linked.",
}

// providerRefusalTexts are the refusals of the prefecture's sign-in.
var providerRefusalTexts = map[string]pair{
	"provider.refused": {"県のアカウントでサインインできませんでした。もう一度ためしてください。", "The prefecture's account did not sign you in. Try again."},
	"provider.away":    {"県の認証サーバーにつながりません。少し待つか、あゆみのパスワードを使ってください。", "The prefecture's sign-in cannot be reached. Wait a little, or use the password of Ayumi."},
	"provider.unknown": {"この県のアカウントは、あゆみの職員に結び付いていません。パスワードでサインインし、「設定」で結び付けてください。", "This account of the prefecture is not linked. Sign in with a password and link it in the settings."},
	"provider.taken":   {"この県のアカウントは、ほかの職員に結び付いています。管理者に確かめてください。", "This account of the prefecture is linked to somebody else. Ask the administrator."},
}
