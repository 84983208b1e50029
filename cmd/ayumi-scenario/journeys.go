package main

import "ayumi/domain/japan"

func (c *cast) student()  {}
func (c *cast) family()   {}
func (c *cast) returner() {}
func (c *cast) safety()   {}

var _ = japan.On
