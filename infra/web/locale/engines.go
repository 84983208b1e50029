package locale

// Engines is what the command line says of the engines under the product.
type Engines struct {
	FlagReadModels, FlagReadModelsOwner string
	FlagMetrics, FlagSecrets            string
	Ready, FlagReadyServer, NotReady    string
}

var japaneseEngines = Engines{
	FlagReadModels:      "閲覧用の表を置くPostgreSQLのアドレス（postgres://…）。なければデータフォルダーに置く",
	FlagReadModelsOwner: "そこに表を作る役割のアドレス。なければ同じ役割が作る",
	FlagMetrics:         "Prometheusが読む数値を出すアドレス（host:port）。なければ出さない",
	FlagSecrets:         "署名する鍵（と、kek-dirがなければ鍵の鍵）を置くフォルダー。どのインスタンスにも同じものが要る。なければデータフォルダー",
	Ready:               "動いているサーバーが応じられるかを尋ねる（記録層、閲覧用の表、各部）", FlagReadyServer: "サーバーのアドレス", NotReady: "応じられません。理由はサーバーの記録にあります。",
}

var englishEngines = Engines{
	FlagReadModels:      "address of a PostgreSQL database for the read models (postgres://…); without it they lie in the data folder",
	FlagReadModelsOwner: "address with the role that makes tables there; without it the same role does",
	FlagMetrics:         "host:port where Prometheus reads figures; without it nowhere",
	FlagSecrets:         "folder of the keys that sign and, without kek-dir, of those that open; every instance needs the same; without it they lie in the data folder",
	Ready:               "ask a running server whether it can serve: the store, the read models, its parts", FlagReadyServer: "address of the server", NotReady: "It cannot serve. Its log says why.",
}
